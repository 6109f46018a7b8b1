import { annotationEvents } from '@counter-hub/shared/annotations/events.ts';
import type { Mark } from '@counter-hub/shared/annotations/marks.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { SessionParty } from '@counter-hub/shared/sessions/sessions.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import { createContext } from 'svelte';
import { sidesOf } from '#features/cases/sidesOf.ts';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';
import { m } from '#paraglide/messages.js';
import { actorOf } from '#platform/actorOf.ts';
import { CaseMarks } from './CaseMarks.svelte.ts';
import { Hand } from './Hand.svelte.ts';
import { KeyCursor } from './KeyCursor.svelte.ts';
import { Others } from './Others.svelte.ts';
import { OwnInk } from './OwnInk.ts';
import { drawnWord } from './toolWords.ts';

/** Pointing and marking in one call (V6): the marks of its case, the own hand, and the others' hands. */
export class Marking {
	readonly scene: CallScene;
	readonly marks: CaseMarks;
	readonly others = new Others();
	readonly hand: Hand;
	readonly cursor: KeyCursor;
	readonly #ink: OwnInk;

	constructor(scene: CallScene) {
		this.scene = scene;
		this.marks = new CaseMarks(scene);
		this.#ink = new OwnInk({ say: (topic, data) => scene.media.client.say(topic, data) });
		this.hand = new Hand({
			scene,
			marks: this.marks,
			ink: this.#ink,
			mayErase: (mark) => this.mayErase(mark),
		});
		this.cursor = new KeyCursor(scene.stage, this.hand);
	}

	readonly staffId = $derived.by(() => this.scene.app.signIn.me?.staff.id ?? null);
	/** What is on the stage can be marked now. */
	readonly isReady = $derived.by(() => this.scene.session?.state === 'active' && this.hand.subject !== null);

	mayErase(mark: Pick<Mark, 'by'>): boolean {
		const { detail, app } = this.scene;
		const actor = actorOf(app.signIn.me);
		return actor !== null && detail !== null && may.eraseMark(actor, sidesOf(detail), mark);
	}

	/** Who takes part in the call under this name. */
	partyOf(participantId: string): SessionParty | null {
		const { session } = this.scene;
		return [session?.caller, session?.callee].find((one) => one?.participantId === participantId) ?? null;
	}

	/** Hears what others say; returns how to stop. */
	listen(): () => void {
		const stop = this.scene.media.client.onSaid((said) => this.others.hear(said));
		return () => {
			stop();
			this.others.close();
		};
	}

	/** Reads the marks and follows them; returns how to stop. */
	follow(): () => void {
		const stops = [
			this.marks.follow(),
			this.scene.feed.onEvents((events) => {
				for (const event of events) if (event.type === 'mark.drawn') this.#drawn(event);
			}),
		];
		return () => {
			this.hand.choose(null);
			this.#ink.close();
			for (const stop of stops) stop();
		};
	}

	/** What the other side draws takes the place of its ink, and is told to whoever does not see it. */
	#drawn({ commandId, actor, actorName, data }: EventView): void {
		this.others.settle(commandId);
		if (actor.kind !== 'staff' || actor.staffId === this.staffId) return;
		const drawn = annotationEvents['mark.drawn'].safeParse(data).data?.drawing;
		if (drawn)
			this.scene.app.announcer.speak(
				m.annotations_said({ name: actorName ?? '', what: drawnWord(drawn.tool) }),
			);
	}
}

export const [getMarking, setMarking] = createContext<Marking>();
