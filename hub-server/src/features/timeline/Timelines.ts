import type { EventType } from '@counter-hub/shared/timeline/events.ts';
import { APPEND_DEADLINE } from '../../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { Metrics } from '@counter-hub/shared/server/metrics.ts';
import type { Connection } from '../../platform/mongo.ts';
import type { Attempt } from '../../platform/stream/JobRunner.ts';
import type { Jobs } from '../../platform/stream/Jobs.ts';
import { LiveFeed } from '../../platform/stream/LiveFeed.ts';
import { Appender } from './Appender.ts';
import { EventStore, type PageQuery } from './EventStore.ts';
import { ProjectionStore } from './ProjectionStore.ts';
import { Projector } from './Projector.ts';
import { Snapshots } from './Snapshots.ts';
import { Stragglers } from './Stragglers.ts';
import {
	kindOf,
	type Appended,
	type EventPage,
	type Projection,
	type TimelineCommand,
	type TimelineEvent,
} from './types.ts';

/** Hears of what any hub appended, each event once, in order within a timeline. */
export interface LiveTimelineListener {
	/** Names it in the log. */
	readonly name: string;
	/** Of subject; `case` hears of `case:…`. */
	readonly kind: string;
	/**
	 * Gets everything that has come since its last call; the next call waits for its promise. What it throws is logged,
	 * what takes longer than 10 s is left behind: other listeners notice nothing of it.
	 */
	readonly onEvents: (events: readonly TimelineEvent[]) => void | Promise<void>;
}

/** What is done once, and for certain, for what any hub appended. */
export interface TimelineJob {
	/** Names its place in the database: do not change it. */
	readonly name: string;
	/** Of subject. */
	readonly kind: string;
	/** Default: all. */
	readonly types?: readonly EventType[];
	/**
	 * Called for one event after the other, in order within a timeline, by one hub at a time. After a kill the last ones
	 * come again, so a repeat must change nothing. What it throws is tried again with growing pauses and then parked, for
	 * an operator to see; the job goes on with what comes after it.
	 */
	readonly handle: (event: TimelineEvent, attempt: Attempt) => Promise<void>;
	/** A new job begins with all that is there, or with what comes from now on. Default `start`. */
	readonly from?: 'start' | 'now';
	/** How often an event is tried before it is parked. */
	readonly attempts?: number;
}

export interface TimelinesParts {
	connection: Connection;
	logger: Logger;
	metrics: Metrics;
	now: () => number;
	/** Where there is none, no jobs can be added. */
	jobs?: Jobs;
	/** How long an append may wait while the database is away, in ms. Default `APPEND_DEADLINE`. */
	deadline?: number;
}

/**
 * The timelines of all subjects (`kind:id`): append-only chains of events, which are the truth, and the projections
 * that are made of them. It knows neither cases nor sessions.
 */
export class Timelines {
	readonly store: EventStore;
	readonly projections: ProjectionStore;
	readonly #snapshots: Snapshots;
	readonly #appender: Appender;
	readonly #projector: Projector;
	readonly #feed: LiveFeed<TimelineEvent>;
	readonly #stragglers: Stragglers;
	readonly #logger: Logger;
	readonly #jobs: Jobs | undefined;

	constructor({ connection, logger, metrics, now, jobs, deadline = APPEND_DEADLINE }: TimelinesParts) {
		this.#logger = logger;
		this.#jobs = jobs;
		this.store = new EventStore(connection);
		this.projections = new ProjectionStore(connection, this.store);
		this.#projector = new Projector(this.store, this.projections, logger);
		this.#stragglers = new Stragglers(this.#projector, this.projections, logger);
		this.#feed = new LiveFeed({ title: 'timeline', source: this.store.source(), logger, metrics });
		const appended = (events: readonly TimelineEvent[]) => {
			this.#projector.note(events);
		};
		this.#snapshots = new Snapshots(this.store, this.projections, now, appended);
		const batches = metrics.histogram(
			'hub_timeline_batch_events',
			'Events per append',
			[],
			[1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
		);
		const collisions = metrics.counter(
			'hub_timeline_collisions_total',
			'Appends that met another hub’s or a repeat',
		);
		this.#appender = new Appender({
			store: this.store,
			snapshots: this.#snapshots,
			now,
			deadline,
			logger,
			appended,
			figures: {
				batch: (events) => {
					batches.observe(events);
				},
				collision: () => {
					collisions.inc();
				},
			},
		});
		metrics.gauge('hub_timeline_waiting', 'Commands without an outcome yet', () => this.#appender.unsettled);
		metrics.gauge(
			'hub_timeline_unprojected',
			'Timelines whose projections are due',
			() => this.#projector.waiting,
		);
	}

	/** Gives back the memory of timelines that are at rest; whoever needs one again reads it. */
	forgetIdle(): void {
		this.#snapshots.forgetIdle();
		this.#projector.forgetIdle();
	}

	/** Before `start()`. One collection each. */
	register(projection: Projection): void {
		this.projections.register(projection);
	}

	/** Makes the indexes, follows what all hubs append, and brings the projections up to the events. */
	async start(): Promise<void> {
		await this.store.ensureIndexes();
		if (this.#feed.hasListeners) {
			this.#stragglers.watch(this.#feed);
			await this.#feed.start();
		}
		const behind = await this.#projector.catchUp();
		if (behind > 0) this.#logger.info({ timelines: behind }, 'projections caught up');
	}

	/** Finishes what waits; call after the intake has closed. */
	async close(): Promise<void> {
		await this.#appender.idle();
		await this.#feed.close();
		this.#stragglers.close();
		await this.#projector.close();
	}

	/**
	 * Decides a command and appends its events; the only way to write. Resolves when the majority of the database has
	 * them in its journal.
	 * @throws what `decide` threw; AppError `queueFull`, `commandReused`, or `databaseUnavailable` after 20 s (then
	 * repeat the command with the same id)
	 */
	append(command: TimelineCommand): Promise<Appended> {
		return this.#appender.append(command);
	}

	/** The state with everything that was acknowledged, even if its document lags behind. */
	async state<S extends object>(projection: Projection<S>, key: string): Promise<S | undefined> {
		return (await this.projections.read(projection, key)).state;
	}

	/** One page by key: the events after or before a sequence number, or the newest. `limit` 1–200. */
	page(subject: string, query: PageQuery): Promise<EventPage> {
		return this.store.page(subject, query);
	}

	/** Last sequence numbers; subjects without events are left out. */
	heads(subjects: readonly string[]): Promise<Map<string, number>> {
		return this.store.heads(subjects);
	}

	/**
	 * Tells of acknowledged events, whichever hub appended them; every hub hears of them. For what must be told now, such
	 * as news for this hub's pages; what must be done once and for certain is a job. Before `start()`. Returns what ends
	 * it.
	 */
	live({ name, kind, onEvents }: LiveTimelineListener): () => void {
		return this.#feed.listen({
			name,
			accepts: ({ subject }) => kindOf(subject) === kind,
			hear: onEvents,
		});
	}

	/** Adds a job: done by one hub at a time, at least once for each event, however often hubs die. Before `start()`. */
	job({ kind, types, ...job }: TimelineJob): void {
		if (!this.#jobs) throw new Error('these timelines have no jobs');
		this.#jobs.add({ ...job, source: this.store.source(kind, types) });
	}

	/** False while news of other hubs do not come, because the database does not answer. */
	get isFollowed(): boolean {
		return this.#feed.isOpen || !this.#feed.hasListeners;
	}

	/**
	 * Waits until documents show these events, whichever hub writes them. If that hub does not, because it died, this one
	 * does.
	 */
	projected(events: readonly TimelineEvent[]): Promise<void> {
		return this.#projector.reach(events);
	}

	/** Waits until the projections of what was acknowledged before are written, of the timelines named or of all. */
	flushProjections(subjects?: Iterable<string>): Promise<void> {
		return this.#projector.flush(subjects);
	}
}
