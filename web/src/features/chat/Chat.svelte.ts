import { chatEvents } from '@counter-hub/shared/chat/events.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { PanelNews } from '#features/sessions/PanelNews.svelte.ts';
import { ListedEvents } from '#features/timeline/ListedEvents.svelte.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import { errorLine } from '#platform/errorText.ts';
import { m } from '#paraglide/messages.js';
import { chatApi } from './chatApi.ts';

/** Something that was written here and is not on the case yet, as far as this page knows. */
export interface Outgoing {
	readonly commandId: string;
	readonly text: string;
	/** The hub has it; it comes back with the case's events in a moment. */
	readonly isSaid: boolean;
	readonly problem: ApiProblem | null;
}

export const textOf = ({ data }: EventView): string =>
	chatEvents['chat.said'].safeParse(data).data?.text ?? '';

/**
 * What the two sides of a call write to each other, with what was said in earlier calls of the case. One line goes out
 * after the other; while the hub is away they wait, and what it refuses is back in the hands of whoever wrote it.
 */
export class Chat {
	draft = $state('');
	/** Why what stands in `draft` again was refused. */
	problem = $state.raw<ApiProblem | null>(null);
	readonly news: PanelNews;
	readonly log: ListedEvents;
	#outgoing = $state.raw<readonly Outgoing[]>([]);
	readonly #scene: CallScene;
	#sending = false;
	#isOpen = true;

	/** In the order in which they were written; those that the case has shown already are no more among them. */
	readonly outgoing = $derived.by(() => {
		const known = new Set(this.log.list?.map(({ commandId }) => commandId));
		return this.#outgoing.filter(({ commandId }) => !known.has(commandId));
	});

	constructor(scene: CallScene) {
		const { app, caseId, feed } = scene;
		this.#scene = scene;
		this.news = new PanelNews(scene, {
			panel: 'chat',
			words: (event) =>
				event.type === 'chat.said'
					? m.chat_heard({ name: event.actorName ?? '', text: textOf(event) })
					: null,
		});
		this.log = new ListedEvents({
			timeline: feed,
			type: 'chat.said',
			read: async (before) => {
				const { said, more } = await chatApi.list(app.api, caseId, before);
				return { events: said, more };
			},
		});
	}

	/** The call is no longer shown. */
	close(): void {
		this.#isOpen = false;
		this.news.close();
	}

	isOwn({ actor }: EventView): boolean {
		return actor.kind === 'staff' && actor.staffId === this.#scene.app.signIn.me?.staff.id;
	}

	/** Sends what is typed. The line is free for the next one at once. */
	say(): void {
		const text = this.draft.trim();
		if (text === '') return;
		this.draft = '';
		this.problem = null;
		this.#outgoing = [...this.#outgoing, { commandId: newId(), text, isSaid: false, problem: null }];
		void this.#send();
	}

	/** Back into the line, to be changed. */
	takeBack({ commandId, text }: Outgoing): void {
		this.#drop(commandId);
		this.draft = this.draft.trim() === '' ? text : `${text}\n${this.draft}`;
	}

	discard({ commandId }: Outgoing): void {
		this.#drop(commandId);
	}

	async #send(): Promise<void> {
		if (this.#sending) return;
		this.#sending = true;
		for (let next = this.#next(); next; next = this.#next()) {
			const { commandId, text } = next;
			const { sessionId, app } = this.#scene;
			try {
				await app.hub.request('chat:say', { commandId, sessionId, text });
				this.#change(commandId, { isSaid: true });
			} catch (error) {
				this.#refused(next, ApiProblem.from(error));
			}
		}
		this.#sending = false;
	}

	#next(): Outgoing | undefined {
		return this.#outgoing.find(({ isSaid, problem }) => !isSaid && problem === null);
	}

	#refused(line: Outgoing, problem: ApiProblem): void {
		this.#change(line.commandId, { problem });
		if (!this.#isOpen) {
			this.#scene.app.announcer.say(m.chat_lost({ text: line.text, why: errorLine(problem) }), 'bad');
		} else if (this.draft.trim() === '') {
			this.takeBack(line);
			this.problem = problem;
		}
	}

	#change(commandId: string, change: Partial<Outgoing>): void {
		this.#outgoing = this.#outgoing.map((one) => (one.commandId === commandId ? { ...one, ...change } : one));
	}

	#drop(commandId: string): void {
		this.#outgoing = this.#outgoing.filter((one) => one.commandId !== commandId);
	}
}
