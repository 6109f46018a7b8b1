import { setTimeout as pause } from 'node:timers/promises';
import { LIVE_CLOSE_TIMEOUT, STREAM_RETRY_PAUSE } from '../../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { Metrics } from '@counter-hub/shared/server/metrics.ts';
import { followInserts, presentPosition, type Position } from './followInserts.ts';
import { inTime } from './inTime.ts';
import { newPlaces } from './newPlaces.ts';
import { LiveListener, type LiveListenerOptions } from './LiveListener.ts';
import { readInserted, type Source } from './Source.ts';

export interface LiveFeedOptions<T extends object> {
	/** Names it in the log and the figures; one word. */
	title: string;
	source: Source<T>;
	logger: Logger;
	metrics: Metrics;
}

/**
 * What any hub inserts reaches the listeners of every hub, in order within a subject, doubles left out. A listener has
 * a queue of its own: one that throws or hangs holds up no other. It begins with `start()`: what was inserted before is
 * not told.
 */
export class LiveFeed<T extends object> {
	readonly #options: LiveFeedOptions<T>;
	readonly #listeners = new Set<LiveListener<T>>();
	readonly #places = newPlaces();
	readonly #ending = new AbortController();
	readonly #failed: (listener: string) => void;
	#following: Promise<void> | undefined;
	#isOpen = false;

	constructor(options: LiveFeedOptions<T>) {
		this.#options = options;
		const { title, metrics } = options;
		const failures = metrics.counter(
			`hub_${title}_listener_failures_total`,
			'Batches that a live listener did not take',
			['listener'],
		);
		this.#failed = (listener) => {
			failures.inc({ listener });
		};
		metrics.gauge(`hub_${title}_feed_open`, '1 while the database is followed', () => Number(this.#isOpen));
	}

	/** False while the database does not answer, and where the feed has ended. */
	get isOpen(): boolean {
		return this.#isOpen;
	}

	/** Returns what ends it. */
	listen(listener: Omit<LiveListenerOptions<T>, 'logger' | 'failed'>): () => void {
		const { logger } = this.#options;
		const made = new LiveListener<T>({ ...listener, logger, failed: this.#failed });
		this.#listeners.add(made);
		return () => this.#listeners.delete(made);
	}

	get hasListeners(): boolean {
		return this.#listeners.size > 0;
	}

	/** Everything that is acknowledged after this resolved is told, or what comes after `from`. */
	async start(from?: Position): Promise<void> {
		if (this.#following) return;
		const { source, logger } = this.#options;
		const position = from ?? (await presentPosition(source));
		this.#isOpen = true;
		this.#following = this.#follow(position).catch((error: unknown) => {
			this.#isOpen = false;
			logger.error({ err: error, feed: this.#options.title }, 'a feed ended by a fault of its own');
		});
	}

	/** Ends the stream, and waits a moment until the listeners have heard what came before. */
	async close(): Promise<void> {
		this.#ending.abort();
		await this.#following;
		const heard = Promise.all([...this.#listeners].map((listener) => listener.idle()));
		await inTime(heard, LIVE_CLOSE_TIMEOUT).catch(() => undefined);
	}

	async #follow(position: Position): Promise<void> {
		const { source, logger, title } = this.#options;
		const { signal } = this.#ending;
		const onState = (isOpen: boolean) => {
			this.#isOpen = isOpen;
		};
		for await (const step of followInserts(source, position, { logger, signal, onState })) {
			if (step.kind === 'insert') this.#hand(step.document);
			else if (step.kind === 'gap') {
				logger.warn(
					{ feed: title, since: step.since },
					'a feed was cut off too long; reading what it missed',
				);
				await this.#readMissed(step.since);
			}
		}
	}

	async #readMissed(since: Date): Promise<void> {
		const { source, logger, title } = this.#options;
		for (let n = 1; !this.#isEnding(); n++) {
			try {
				for await (const document of readInserted(source, { since })) {
					if (this.#isEnding()) return;
					this.#hand(document);
				}
				return;
			} catch (error) {
				logger.warn({ err: error, feed: title }, 'what a feed missed could not be read; it is tried again');
				await pause(Math.min(n * STREAM_RETRY_PAUSE.first, STREAM_RETRY_PAUSE.most));
			}
		}
	}

	#isEnding(): boolean {
		return this.#ending.signal.aborted;
	}

	#hand(document: T): void {
		const { subject, seq } = this.#options.source.place(document);
		if (seq <= (this.#places.get(subject) ?? 0)) return;
		this.#places.set(subject, seq);
		for (const listener of this.#listeners) listener.take(document);
	}
}
