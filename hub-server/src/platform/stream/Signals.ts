import { mongo } from 'mongoose';
import type { z } from 'zod';
import { SIGNAL_LIFE_S } from '../../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { Metrics } from '@counter-hub/shared/server/metrics.ts';
import type { Connection } from '../mongo.ts';
import { LiveFeed } from './LiveFeed.ts';

/** A kind of message between hubs; `defineSignal` makes one. */
export interface Signal<P> {
	readonly name: string;
	readonly payload: z.ZodType<P>;
}

export interface SignalListenerOptions {
	/** False: what this hub sends itself is not heard. Default true. */
	own?: boolean;
}
export const defineSignal = <P>(name: string, payload: z.ZodType<P>): Signal<P> => ({ name, payload });

interface SignalRecord {
	/** Unique; stands for the subject of the feed. */
	id: string;
	seq: 1;
	name: string;
	payload: unknown;
	/** The hub that sent it. */
	from: string;
	/** When it was sent; the database forgets it `SIGNAL_LIFE_S` later. */
	at: Date;
}

/**
 * Short-lived messages between hubs that are no facts, such as a revoked sign-in: what one hub sends every hub hears,
 * the sender included, once and in order. Nobody may rest on them alone: a hub that starts later does not hear them.
 */
export class Signals {
	readonly #records: mongo.Collection<SignalRecord>;
	readonly #feed: LiveFeed<SignalRecord>;
	readonly #hubId: string;
	readonly #logger: Logger;

	constructor(hubId: string, connection: Connection, logger: Logger, metrics: Metrics) {
		this.#hubId = hubId;
		if (!connection.db) throw new Error('the connection is not open');
		this.#records = connection.db.collection<SignalRecord>('signals');
		this.#logger = logger;
		this.#feed = new LiveFeed({
			title: 'signals',
			source: {
				collection: this.#records,
				place: ({ id, seq }) => ({ subject: id, seq }),
				order: { subject: 'id', seq: 'seq' },
			},
			logger,
			metrics,
		});
	}

	get isOpen(): boolean {
		return this.#feed.isOpen;
	}

	async start(): Promise<void> {
		await this.#records.createIndexes([{ key: { at: 1 }, name: 'life', expireAfterSeconds: SIGNAL_LIFE_S }]);
		await this.#feed.start();
	}

	close(): Promise<void> {
		return this.#feed.close();
	}

	/** Resolves when it is sure to reach the hubs. @throws ZodError, or where the database is away its error */
	async send<P>({ name, payload: schema }: Signal<P>, payload: P): Promise<void> {
		await this.#records.insertOne({
			id: new mongo.ObjectId().toHexString(),
			seq: 1,
			name,
			payload: schema.parse(payload),
			from: this.#hubId,
			at: new Date(),
		});
	}

	/** Several listeners of one signal do not know of one another. Returns what ends it. */
	on<P>(
		{ name, payload: schema }: Signal<P>,
		listener: (payload: P) => void | Promise<void>,
		{ own = true }: SignalListenerOptions = {},
	): () => void {
		return this.#feed.listen({
			name: `signal ${name}`,
			accepts: (record) => record.name === name && (own || record.from !== this.#hubId),
			hear: async (records) => {
				for (const { payload } of records) {
					try {
						await listener(schema.parse(payload));
					} catch (error) {
						this.#logger.error({ err: error, signal: name }, 'a signal was not understood or not followed');
					}
				}
			},
		});
	}
}
