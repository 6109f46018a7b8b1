import { setImmediate as nextTurn } from 'node:timers/promises';
import { LIVE_LISTENER_TIMEOUT, LIVE_QUEUE_MAX } from '../../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import { inTime } from './inTime.ts';

export interface LiveListenerOptions<T> {
	/** Names it in the log. */
	name: string;
	/** Without it all documents. */
	accepts?: (document: T) => boolean;
	/** Gets everything that has come since its last call, in order; the next call waits for its promise. */
	hear: (documents: readonly T[]) => void | Promise<void>;
	logger: Logger;
	/** Counts what it did not take. */
	failed: (listener: string) => void;
	/** ms. Default `LIVE_LISTENER_TIMEOUT`. */
	timeout?: number | undefined;
}

/** One listener with its queue: it is called for one batch after the other, and what it throws is logged. */
export class LiveListener<T> {
	readonly #options: LiveListenerOptions<T>;
	#queue: T[] = [];
	#running: Promise<void> | undefined;

	constructor(options: LiveListenerOptions<T>) {
		this.#options = options;
	}

	take(document: T): void {
		const { accepts, logger, name, failed } = this.#options;
		if (accepts && !accepts(document)) return;
		if (this.#queue.length >= LIVE_QUEUE_MAX) {
			logger.error(
				{ listener: name, left: this.#queue.length },
				'a live listener cannot keep up; it misses events',
			);
			failed(name);
			this.#queue = [];
		}
		this.#queue.push(document);
		this.#running ??= this.#run();
	}

	/** Returns when it has heard everything. */
	async idle(): Promise<void> {
		while (this.#running) await this.#running;
	}

	async #run(): Promise<void> {
		// What the stream hands over in one go is told in one go.
		await nextTurn();
		while (this.#queue.length > 0) {
			const batch = this.#queue;
			this.#queue = [];
			await this.#call(batch);
		}
		this.#running = undefined;
	}

	async #call(batch: readonly T[]): Promise<void> {
		const { hear, logger, name, failed, timeout = LIVE_LISTENER_TIMEOUT } = this.#options;
		try {
			const heard = hear(batch);
			if (heard) await inTime(heard, timeout);
		} catch (error) {
			logger.error({ err: error, listener: name, events: batch.length }, 'a live listener failed');
			failed(name);
		}
	}
}
