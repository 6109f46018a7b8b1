import { timelinePage, type EventView } from '@counter-hub/shared/timeline/eventView.ts';
import { untrack } from 'svelte';
import { followOn } from './followOn.ts';
import { watchCase } from './watchedCases.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { isPassing } from '#platform/isPassing.ts';

const PAGE = 50;
/** After a refused live view; another one may have been closed meanwhile. */
const RETRY_MS = 5_000;

/**
 * The timeline of one case as it grows. It converges by sequence number: what comes out of order shows a gap, and a
 * gap, a reconnect or a head beyond ours makes it ask for what is missing. Older pages are read by key.
 */
export class LiveTimeline {
	/** Ascending, without gaps. Null until the newest page is there. */
	events = $state.raw<readonly EventView[] | null>(null);
	head = $state(0);
	/** Asking for what is missing. */
	filling = $state(false);
	/** Whether what happens from now on comes by itself. */
	isLive = $state(false);
	/** Why it does not, where the hub refused. */
	refusal = $state.raw<ApiProblem | null>(null);
	readingOlder = $state(false);
	problem = $state.raw<ApiProblem | null>(null);
	readonly hasOlder = $derived((this.events?.[0]?.seq ?? 1) > 1);

	readonly #app: App;
	readonly #caseId: string;
	readonly #listeners = new Set<(events: readonly EventView[]) => void>();
	readonly #waiting = new Set<() => void>();
	#stops: (() => void)[] = [];
	#isFollowing = false;
	#isReading = false;
	#retry: ReturnType<typeof setTimeout> | undefined;
	#again = false;

	constructor(app: App, caseId: string) {
		this.#app = app;
		this.#caseId = caseId;
	}

	/** Hears of every event from the newest page on, in order and without gaps; returns how to hear no more. */
	onEvents(listener: (events: readonly EventView[]) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/**
	 * Runs once the newest page has been read: what follows from it is read then. Where it could not be, it runs at once and
	 * again when it has been. Returns how to stop.
	 */
	afterRead(listener: () => void): () => void {
		if (untrack(() => this.events) !== null) listener();
		else this.#waiting.add(listener);
		return () => this.#waiting.delete(listener);
	}

	/** Reads the newest page and follows from there; returns how to stop. */
	follow(): () => void {
		const { hub } = this.#app;
		this.#isFollowing = true;
		this.#stops = [
			watchCase(this.#app, this.#caseId),
			hub.on('timeline:events', ({ caseId, events }) => {
				if (caseId === this.#caseId) this.#take(events);
			}),
			hub.on('timeline:heads', ({ heads }) => {
				const head = heads[this.#caseId];
				if (head !== undefined && head > this.head) void this.#fill();
			}),
			hub.on('case:watchEnded', ({ caseId }) => {
				if (caseId !== this.#caseId) return;
				this.isLive = false;
				void this.#fill();
			}),
			hub.onConnect(() => {
				this.isLive = false;
				this.refusal = null;
				void this.#fill();
			}),
		];
		untrack(() => void this.read());
		return () => {
			this.#isFollowing = false;
			clearTimeout(this.#retry);
			for (const stop of this.#stops) stop();
		};
	}

	async read(): Promise<void> {
		this.problem = null;
		await this.#readNewest();
	}

	/** Of a hub that was away it is asked again by itself: nothing of the case is live before. */
	async #readNewest(): Promise<void> {
		if (this.#isReading) return;
		this.#isReading = true;
		try {
			const page = await this.#page({ limit: PAGE });
			this.events = page.events;
			this.head = page.events.at(-1)?.seq ?? 0;
			this.problem = null;
			await this.#fill();
		} catch (error) {
			this.problem = ApiProblem.from(error);
			if (isPassing(this.problem.problem)) this.#tryLater();
		} finally {
			this.#isReading = false;
		}
		const waiting = [...this.#waiting];
		if (this.events !== null) this.#waiting.clear();
		for (const listener of waiting) listener();
	}

	async older(): Promise<void> {
		const first = this.events?.[0]?.seq ?? 1;
		if (this.readingOlder || first <= 1) return;
		this.readingOlder = true;
		try {
			const page = await this.#page({ before: first, limit: PAGE });
			this.events = [...page.events, ...(this.events ?? [])];
		} catch (error) {
			this.#app.announcer.say(ApiProblem.from(error).message, 'bad');
		} finally {
			this.readingOlder = false;
		}
	}

	#page(query: { before?: number; limit: number }) {
		return this.#app.api.get(`/cases/${this.#caseId}/timeline`, timelinePage, { query });
	}

	/** Watches from our head on and takes what came since, page by page. One at a time; a call meanwhile repeats it. */
	async #fill(): Promise<void> {
		if (!this.#isFollowing || this.#app.hub.state !== 'connected') return;
		if (this.events === null) {
			await this.#readNewest();
			return;
		}
		if (this.filling) {
			this.#again = true;
			return;
		}
		this.filling = true;
		try {
			do {
				this.#again = false;
				const { events, more } = await this.#app.hub.request('case:watch', {
					caseId: this.#caseId,
					head: this.head,
				});
				this.#append(events);
				this.isLive = true;
				this.refusal = null;
				if (more) this.#again = true;
			} while (this.#again && this.#isFollowing);
		} catch (error) {
			this.isLive = false;
			this.refusal = ApiProblem.from(error);
			this.#tryLater();
		} finally {
			this.filling = false;
		}
	}

	#tryLater(): void {
		clearTimeout(this.#retry);
		if (this.#isFollowing) this.#retry = setTimeout(() => void this.#fill(), RETRY_MS);
	}

	#take(events: readonly EventView[]): void {
		const first = events[0];
		if (this.events === null || !first) return;
		if (first.seq > this.head + 1) void this.#fill();
		else this.#append(events);
	}

	/** Only what follows our head without a gap. */
	#append(events: readonly EventView[]): void {
		const fresh = followOn(this.head, events);
		if (fresh.length === 0) return;
		this.events = [...(this.events ?? []), ...fresh];
		this.head += fresh.length;
		for (const listener of [...this.#listeners]) listener(fresh);
	}
}
