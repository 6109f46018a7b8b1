import { noteEvents } from '@counter-hub/shared/notes/events.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import type { LiveTimeline } from '#features/timeline/LiveTimeline.svelte.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { notesApi } from './notesApi.ts';

const isNote = ({ type }: EventView) => type in noteEvents;

/** The notes of a case, newest first: read by pages, and grown by what the case's timeline tells. */
export class Notes {
	problem = $state.raw<ApiProblem | null>(null);
	reading = $state(false);
	hasOlder = $state(false);
	/** By sequence number; null until the newest page is there. */
	#read = $state.raw<ReadonlyMap<number, EventView> | null>(null);
	readonly #app: App;
	readonly #caseId: string;
	readonly #timeline: LiveTimeline;
	readonly list = $derived.by(() => {
		if (this.#read === null) return null;
		const oldest = Math.min(...this.#read.keys());
		const live = (this.#timeline.events ?? []).filter(
			(event) => isNote(event) && !this.#isOlder(event, oldest),
		);
		const all = new Map([...this.#read, ...live.map((event) => [event.seq, event] as const)]);
		return [...all.values()].toSorted((a, b) => b.seq - a.seq);
	});

	constructor(app: App, caseId: string, timeline: LiveTimeline) {
		this.#app = app;
		this.#caseId = caseId;
		this.#timeline = timeline;
	}

	/** The newest page, or the one before what is there. */
	async read(): Promise<void> {
		if (this.reading) return;
		this.reading = true;
		this.problem = null;
		try {
			const before = this.#read?.size ? Math.min(...this.#read.keys()) : undefined;
			const { notes, more } = await notesApi.list(this.#app.api, this.#caseId, before);
			this.#read = new Map([...(this.#read ?? []), ...notes.map((note) => [note.seq, note] as const)]);
			this.hasOlder = more;
		} catch (error) {
			this.problem = ApiProblem.from(error);
		} finally {
			this.reading = false;
		}
	}

	/** The list has no holes: an older note waits for its page. */
	#isOlder({ seq }: EventView, oldest: number): boolean {
		return this.hasOlder && seq < oldest;
	}
}
