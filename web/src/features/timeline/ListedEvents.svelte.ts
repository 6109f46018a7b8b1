import type { EventType } from '@counter-hub/shared/timeline/events.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { LiveTimeline } from './LiveTimeline.svelte.ts';

export interface ListedEventsOptions {
	readonly timeline: LiveTimeline;
	readonly type: EventType;
	/** The newest page of such events, or the one before a sequence number. */
	readonly read: (before?: number) => Promise<{ events: readonly EventView[]; more: boolean }>;
}

/** The events of one type on a case, newest first: read by pages, and grown by what the case's timeline tells. */
export class ListedEvents {
	problem = $state.raw<ApiProblem | null>(null);
	reading = $state(false);
	hasOlder = $state(false);
	/** By sequence number; null until the newest page is there. */
	#read = $state.raw<ReadonlyMap<number, EventView> | null>(null);
	readonly #options: ListedEventsOptions;
	readonly list = $derived.by(() => {
		if (this.#read === null) return null;
		const { timeline, type } = this.#options;
		const oldest = Math.min(...this.#read.keys());
		const live = (timeline.events ?? []).filter(
			(event) => event.type === type && !this.#isOlder(event, oldest),
		);
		const all = new Map([...this.#read, ...live.map((event) => [event.seq, event] as const)]);
		return [...all.values()].toSorted((a, b) => b.seq - a.seq);
	});

	constructor(options: ListedEventsOptions) {
		this.#options = options;
	}

	/** The newest page, or the one before what is there. */
	async read(): Promise<void> {
		if (this.reading) return;
		this.reading = true;
		this.problem = null;
		try {
			const before = this.#read?.size ? Math.min(...this.#read.keys()) : undefined;
			const { events, more } = await this.#options.read(before);
			this.#read = new Map([...(this.#read ?? []), ...events.map((event) => [event.seq, event] as const)]);
			this.hasOlder = more;
		} catch (error) {
			this.problem = ApiProblem.from(error);
		} finally {
			this.reading = false;
		}
	}

	/** The list has no holes: an older one waits for its page. */
	#isOlder({ seq }: EventView, oldest: number): boolean {
		return this.hasOlder && seq < oldest;
	}
}
