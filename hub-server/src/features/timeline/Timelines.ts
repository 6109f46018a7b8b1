import { EventEmitter } from 'node:events';
import { APPEND_DEADLINE } from '../../limits.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Connection } from '../../platform/mongo.ts';
import { Appender } from './Appender.ts';
import { EventStore, type PageQuery } from './EventStore.ts';
import { ProjectionStore } from './ProjectionStore.ts';
import { Projector } from './Projector.ts';
import { Snapshots } from './Snapshots.ts';
import {
	kindOf,
	type Appended,
	type EventPage,
	type Projection,
	type TimelineCommand,
	type TimelineEvent,
} from './types.ts';

interface TimelineEvents {
	/** Acknowledged events, in the order of the batch; a few of them may come twice or late after a disturbance. */
	appended: [events: readonly TimelineEvent[]];
}

export interface TimelinesParts {
	connection: Connection;
	logger: Logger;
	metrics: Metrics;
	now: () => number;
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
	readonly #appender: Appender;
	readonly #projector: Projector;
	readonly #emitter = new EventEmitter<TimelineEvents>();
	readonly #logger: Logger;

	constructor({ connection, logger, metrics, now, deadline = APPEND_DEADLINE }: TimelinesParts) {
		this.#logger = logger;
		this.store = new EventStore(connection);
		this.projections = new ProjectionStore(connection, this.store);
		this.#projector = new Projector(this.store, this.projections, logger);
		const appended = (events: readonly TimelineEvent[]) => {
			this.#announce(events);
		};
		const snapshots = new Snapshots(this.store, this.projections, now, appended);
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
			snapshots,
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

	/** Before `start()`. One collection each. */
	register(projection: Projection): void {
		this.projections.register(projection);
	}

	/** Makes the indexes and brings the projections up to the events. */
	async start(): Promise<void> {
		await this.store.ensureIndexes();
		const behind = await this.#projector.catchUp();
		if (behind > 0) this.#logger.info({ timelines: behind }, 'projections caught up');
	}

	/** Finishes what waits; call after the intake has closed. */
	async close(): Promise<void> {
		await this.#appender.idle();
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

	/** Calls back with acknowledged events of one kind of subject. Returns what ends it. */
	onAppended(kind: string, listener: (events: readonly TimelineEvent[]) => void): () => void {
		const filtered = (events: readonly TimelineEvent[]) => {
			const own = events.filter(({ subject }) => kindOf(subject) === kind);
			if (own.length > 0) listener(own);
		};
		this.#emitter.on('appended', filtered);
		return () => this.#emitter.off('appended', filtered);
	}

	/** Waits until the projections of what was acknowledged before are written, of the timelines named or of all. */
	flushProjections(subjects?: Iterable<string>): Promise<void> {
		return this.#projector.flush(subjects);
	}

	#announce(events: readonly TimelineEvent[]): void {
		this.#projector.note(events);
		try {
			this.#emitter.emit('appended', events);
		} catch (error) {
			this.#logger.error({ err: error }, 'a listener of the timeline failed');
		}
	}
}
