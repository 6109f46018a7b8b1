import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import { untrack } from 'svelte';
import type { CallScene } from './CallScene.svelte.ts';
import { seenInCall } from './seenInCall.ts';

/** After this the words over the stage give way; the dot at the panel's tab stays. */
const HINT_MS = 20_000;

export interface PanelNewsOptions {
	/** Id of the panel that shows it. */
	readonly panel: string;
	/** What an event of the other side brings, in a few words; null where it is none of the panel's. */
	readonly words: (event: EventView) => string | null;
	/** The words over the stage stay until the panel is looked at. */
	readonly isLasting?: boolean;
}

/** What the other side of a call brought into a panel, and whether somebody here has looked at it. */
export class PanelNews {
	/** In a few words, over the stage. */
	hint = $state<string | null>(null);
	#seen = $state(0);
	#told = 0;
	#isLooking = false;
	#timer: ReturnType<typeof setTimeout> | undefined;
	readonly #scene: CallScene;
	readonly #options: PanelNewsOptions;

	/** The newest of it. */
	readonly latest = $derived.by(() => {
		const { feed } = this.#scene;
		return feed.events?.findLast((event) => this.#isFromOther(event) && this.#options.words(event) !== null);
	});
	readonly fresh = $derived((this.latest?.seq ?? 0) > this.#seen);

	constructor(scene: CallScene, options: PanelNewsOptions) {
		this.#scene = scene;
		this.#options = options;
		this.#seen = seenInCall.upTo(options.panel, scene.sessionId);
	}

	/** Follows what comes as long as the call is shown; use in an effect. It is said to a screen reader too. */
	follow(): void {
		const { latest } = this;
		if (
			latest &&
			latest.seq >
				Math.max(
					this.#told,
					untrack(() => this.#seen),
				) &&
			!this.#isLooking
		) {
			this.#told = latest.seq;
			untrack(() => this.#tell(this.#options.words(latest) ?? ''));
		}
	}

	/** The panel is shown; use in an effect. */
	look(): () => void {
		const seq = this.latest?.seq ?? 0;
		if (seq > untrack(() => this.#seen)) {
			this.#seen = seq;
			seenInCall.note(this.#options.panel, this.#scene.sessionId, seq);
		}
		this.#isLooking = true;
		this.#putAway();
		return () => {
			this.#isLooking = false;
		};
	}

	close(): void {
		clearTimeout(this.#timer);
	}

	#tell(words: string): void {
		this.hint = words;
		this.#scene.app.announcer.speak(words);
		clearTimeout(this.#timer);
		if (this.#options.isLasting !== true) this.#timer = setTimeout(() => this.#putAway(), HINT_MS);
	}

	#putAway(): void {
		clearTimeout(this.#timer);
		this.hint = null;
	}

	#isFromOther({ about, actor }: EventView): boolean {
		const { app, sessionId } = this.#scene;
		if (about.sessionId !== sessionId || actor.kind !== 'staff') return false;
		return actor.staffId !== app.signIn.me?.staff.id;
	}
}
