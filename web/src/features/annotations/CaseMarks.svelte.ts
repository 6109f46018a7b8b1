import { applyMarkEvent } from '@counter-hub/shared/annotations/applyMarkEvent.ts';
import {
	markPictureKey,
	markSubjectKey,
	type Drawing,
	type Mark,
	type Marks,
	type MarkSubject,
} from '@counter-hub/shared/annotations/marks.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { FoldedState } from '#features/timeline/FoldedState.svelte.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import { errorLine } from '#platform/errorText.ts';
import { annotationsApi } from './annotationsApi.ts';
import { onPaper } from './onPaper.ts';

/** A mark drawn in this page that is not on the timeline yet. */
export interface Unsaved {
	readonly mark: Mark;
	/** Why it is not saved; null while it is on its way. */
	readonly problem: ApiProblem | null;
}

/** What was undone can be drawn again, until something new is drawn. */
const REDO_MAX = 50;

/**
 * The marks of the case of a call. What is drawn or erased here shows at once and is sent meanwhile; a mark that was
 * refused stays to be seen, until somebody tries again or puts it away.
 */
export class CaseMarks {
	readonly folded: FoldedState<Marks>;
	unsaved = $state.raw<readonly Unsaved[]>([]);
	readonly #scene: CallScene;
	/** Erased here: gone from the picture before the hub has said so. */
	#erased = $state.raw<ReadonlySet<string>>(new Set());
	#undone = $state.raw<readonly { on: MarkSubject; drawing: Drawing }[]>([]);
	/** Marks on their way: whoever erases one waits for it. */
	readonly #sending = new Map<string, Promise<void>>();

	constructor(scene: CallScene) {
		this.#scene = scene;
		this.folded = new FoldedState({
			feed: scene.feed,
			read: () => annotationsApi.read(scene.app.api, scene.caseId),
			apply: applyMarkEvent,
		});
	}

	/** In the order of drawing; unsaved ones last. */
	readonly all = $derived.by<readonly Mark[]>(() => {
		const saved = this.folded.state?.marks ?? [];
		const ids = new Set(saved.map(({ markId }) => markId));
		const own = this.unsaved.flatMap(({ mark }) => (ids.has(mark.markId) ? [] : [mark]));
		return [...saved, ...own].filter(({ markId }) => !this.#erased.has(markId));
	});
	readonly failed = $derived(this.unsaved.filter(({ problem }) => problem !== null));
	readonly #byPicture = $derived(Map.groupBy(this.all, ({ on }) => markPictureKey(on)));

	/** Those that are seen on it: on a live picture the ones of the paper that lies there. */
	on(subject: MarkSubject | null): readonly Mark[] {
		if (!subject) return [];
		const all = this.#byPicture.get(markPictureKey(subject)) ?? [];
		return onPaper(all, subject.kind === 'live' ? subject.paper : 0);
	}

	/** Returns how to stop. */
	follow(): () => void {
		const stops = [
			this.folded.follow(),
			this.#scene.feed.onEvents((events) => {
				const drawn = new Set(events.map(({ commandId }) => commandId));
				if (this.unsaved.some(({ mark }) => drawn.has(mark.markId)))
					this.unsaved = this.unsaved.filter(({ mark }) => !drawn.has(mark.markId));
			}),
		];
		return () => {
			for (const stop of stops) stop();
		};
	}

	draw(markId: string, on: MarkSubject, drawing: Drawing): void {
		this.#undone = [];
		this.#add(markId, on, drawing);
	}

	retry({ mark }: Unsaved): void {
		this.#note(mark.markId, null);
		void this.#send(mark);
	}

	/** Puts away what could not be saved. */
	drop({ mark }: Unsaved): void {
		this.unsaved = this.unsaved.filter((one) => one.mark.markId !== mark.markId);
	}

	async erase({ markId }: Mark): Promise<void> {
		const { app, caseId, sessionId } = this.#scene;
		this.#erased = new Set([...this.#erased, markId]);
		await this.#sending.get(markId);
		const failed = this.failed.find(({ mark }) => mark.markId === markId);
		if (failed) {
			this.drop(failed);
			return;
		}
		try {
			await app.hub.request('mark:erase', { commandId: newId(), caseId, sessionId, markId });
		} catch (error) {
			const problem = ApiProblem.from(error);
			// Somebody else was faster.
			if (problem.is('MARK-5201')) return;
			this.#erased = new Set([...this.#erased].filter((id) => id !== markId));
			app.announcer.say(errorLine(problem), 'bad');
		}
	}

	/** The last mark of this person on what is shown. */
	lastOwn(subject: MarkSubject | null): Mark | undefined {
		return this.on(subject).findLast(({ by }) => by.staffId === this.#staffId);
	}

	undo(subject: MarkSubject | null): void {
		const last = this.lastOwn(subject);
		if (!last) return;
		this.#undone = [...this.#undone, { on: last.on, drawing: last.drawing }].slice(-REDO_MAX);
		void this.erase(last);
	}

	/** What was undone last was drawn on what is shown. */
	mayRedo(subject: MarkSubject | null): boolean {
		const again = this.#undone.at(-1);
		return again !== undefined && subject !== null && markSubjectKey(again.on) === markSubjectKey(subject);
	}

	redo(subject: MarkSubject | null): void {
		const again = this.#undone.at(-1);
		if (!again || !this.mayRedo(subject)) return;
		this.#undone = this.#undone.slice(0, -1);
		this.#add(newId(), again.on, again.drawing);
	}

	#add(markId: string, on: MarkSubject, drawing: Drawing): void {
		const { app, duty, sessionId } = this.#scene;
		const name = app.signIn.me?.staff.displayName ?? null;
		const by = { staffId: this.#staffId, duty, name };
		const mark = { markId, on, drawing, by, at: new Date(app.clock.now).toISOString(), sessionId };
		this.unsaved = [...this.unsaved, { mark, problem: null }];
		void this.#send(mark);
	}

	#send(mark: Mark): Promise<void> {
		const { markId, on, drawing, sessionId } = mark;
		const { app, caseId } = this.#scene;
		const sent = app.hub.request('mark:draw', { commandId: markId, caseId, sessionId, on, drawing }).then(
			() => undefined,
			(error: unknown) => this.#note(markId, ApiProblem.from(error)),
		);
		const known = sent.finally(() => this.#sending.delete(markId));
		this.#sending.set(markId, known);
		return known;
	}

	#note(markId: string, problem: ApiProblem | null): void {
		this.unsaved = this.unsaved.map((one) => (one.mark.markId === markId ? { ...one, problem } : one));
	}

	get #staffId(): string {
		return this.#scene.app.signIn.me?.staff.id ?? '';
	}
}
