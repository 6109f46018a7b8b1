import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import { untrack } from 'svelte';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { LiveTimeline } from './LiveTimeline.svelte.ts';

/** A state with the place on the timeline up to which it was folded. */
export interface Folded<S> {
	readonly state: S;
	/** Sequence number of the last event that is in it. */
	readonly seq: number;
}

export interface FoldedStateOptions<S> {
	readonly feed: LiveTimeline;
	/** Asks the hub for the state as it is. */
	readonly read: () => Promise<Folded<S>>;
	/** The same pure fold as the hub's. Returns the same object where the event changes nothing. */
	readonly apply: (state: S, event: EventView) => S;
}

/**
 * Something that follows from a case's events, such as its review: read once and then kept up by the events as they
 * come, so that both sides of a call see a change at once. Where events are missing it is read again.
 */
export class FoldedState<S> {
	state = $state.raw<S | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	readonly #options: FoldedStateOptions<S>;
	#seq = 0;
	/** Came while the state was being read. */
	#early: EventView[] = [];
	#isReading = false;
	#awaited: { readonly seq: number; readonly resolve: () => void }[] = [];

	constructor(options: FoldedStateOptions<S>) {
		this.#options = options;
	}

	/** Returns how to stop. */
	follow(): () => void {
		const { feed } = this.#options;
		const stops = [
			feed.onEvents((events) => this.#take(events)),
			// Not before the feed: a call's picture comes first, and nothing may happen unheard after the reading.
			feed.afterRead(() => untrack(() => void this.read())),
		];
		return () => {
			for (const stop of stops) stop();
		};
	}

	/** Resolves when the event of that number is in the state: what a command was answered with may come before it is. */
	async reached(seq: number): Promise<void> {
		if (this.#seq < seq) await new Promise<void>((resolve) => this.#awaited.push({ seq, resolve }));
	}

	async read(): Promise<void> {
		if (this.#isReading) return;
		this.#isReading = true;
		this.problem = null;
		try {
			const { state, seq } = await this.#options.read();
			this.#seq = seq;
			this.state = state;
			this.#tell();
		} catch (error) {
			this.problem = ApiProblem.from(error);
			this.#early = [];
		} finally {
			this.#isReading = false;
		}
		const early = this.#early;
		this.#early = [];
		if (early.length > 0 && this.state !== null) this.#take(early);
	}

	#take(events: readonly EventView[]): void {
		if (this.#isReading) {
			this.#early.push(...events);
			return;
		}
		let { state } = this;
		if (state === null) {
			void this.read();
			return;
		}
		for (const event of events) {
			if (event.seq <= this.#seq) continue;
			if (event.seq > this.#seq + 1) {
				void this.read();
				return;
			}
			state = this.#options.apply(state, event);
			this.#seq = event.seq;
		}
		this.state = state;
		this.#tell();
	}

	#tell(): void {
		const isThere = ({ seq }: { readonly seq: number }) => seq <= this.#seq;
		for (const { resolve } of this.#awaited.filter(isThere)) resolve();
		this.#awaited = this.#awaited.filter((one) => !isThere(one));
	}
}
