import { setTimeout as delay } from 'node:timers/promises';
import type { RtcAddress } from '../platform/addresses.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import { MediaWorker, type Holding } from './MediaWorker.ts';

export interface WorkerPoolOptions {
	readonly addresses: readonly RtcAddress[];
	/** First of `size + 1` ports; 0 takes free ones. */
	readonly firstPort: number;
	readonly size: number;
	readonly workerBin: string | undefined;
	readonly portRetryMs: number;
	readonly workerRetryMs: number;
	readonly spareDelayMs: number;
	readonly logger: Logger;
}

/**
 * One worker per core and, a moment later, a warm spare. When a worker dies the spare takes its place at once, and a new spare is
 * made on the dead one's port.
 */
export class WorkerPool {
	readonly #options: WorkerPoolOptions;
	readonly #workers = new Set<MediaWorker>();
	readonly #codecs: MediaWorker['codecs'];
	#spare: MediaWorker | null = null;
	/** The spare that is being started. */
	#coming: Promise<void> | null = null;
	#asking: Promise<Holding> | undefined;
	#closed = false;
	deaths = 0;

	static async create(options: WorkerPoolOptions): Promise<WorkerPool> {
		// After a crash everybody in a call waits for these; the spare comes when they have been served.
		const ports = Array.from({ length: options.size }, (_, index) => portAt(options, index));
		const results = await Promise.allSettled(ports.map((port) => start(options, port)));
		const workers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
		const failed = results.find((result) => result.status === 'rejected');
		if (failed) {
			for (const worker of workers) worker.close();
			throw failed.reason instanceof Error ? failed.reason : new Error('no media worker could be started');
		}
		const [first] = workers;
		if (!first) throw new Error('a worker pool needs a worker');
		return new WorkerPool(options, workers, first.codecs);
	}

	private constructor(options: WorkerPoolOptions, workers: MediaWorker[], codecs: MediaWorker['codecs']) {
		this.#options = options;
		this.#codecs = codecs;
		for (const worker of workers) this.#add(worker);
		setTimeout(() => this.#refill(), options.spareDelayMs).unref();
	}

	/** Living workers that carry rooms, without the spare. */
	get size(): number {
		return this.#workers.size;
	}

	/** What every worker of this node speaks. */
	get codecs(): MediaWorker['codecs'] {
		return this.#codecs;
	}

	/** Process ids and UDP ports, the spare last. */
	describe(): { pid: number; rtcPort: number; rooms: number; spare: boolean }[] {
		return this.#all().map((worker) => ({
			pid: worker.pid,
			rtcPort: worker.rtcPort,
			rooms: worker.load,
			spare: worker === this.#spare,
		}));
	}

	/**
	 * The worker for one more room, counted at once: rooms that begin in one burst are spread too. Waits when all,
	 * spare included, have just died.
	 */
	async take(): Promise<MediaWorker> {
		for (;;) {
			const [least] = [...this.#workers].sort((a, b) => a.load - b.load);
			if (least) {
				least.load++;
				return least;
			}
			if (this.#closed || !this.#coming) throw new Error('the worker pool is closed');
			await this.#coming;
		}
	}

	/** The room is gone from it. */
	giveBack(worker: MediaWorker): void {
		worker.load--;
	}

	/** What all workers hold now, asked once for all who want to know at the same moment. One that dies holds nothing. */
	holds(): Promise<Holding> {
		this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
		return this.#asking;
	}

	async #ask(): Promise<Holding> {
		const asked = await Promise.allSettled(this.#all().map((worker) => worker.holds()));
		const held = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
		const sum = (what: keyof Holding) => held.reduce((total, one) => total + one[what], 0);
		return { transports: sum('transports'), streams: sum('streams'), subscriptions: sum('subscriptions') };
	}

	close(): void {
		this.#closed = true;
		for (const worker of this.#workers) worker.close();
		this.#spare?.close();
		this.#workers.clear();
		this.#spare = null;
	}

	/** Fills the ranks first, then the place of the spare. */
	#add(worker: MediaWorker): void {
		worker.once('died', () => {
			this.#lose(worker);
		});
		if (this.#workers.size < this.#options.size) this.#workers.add(worker);
		else this.#spare = worker;
		// It may have died before anybody listened: while the others were being started.
		if (worker.closed) this.#lose(worker);
	}

	#lose(worker: MediaWorker): void {
		if (this.#closed) return;
		this.deaths++;
		this.#options.logger.error({ workerPid: worker.pid, rooms: worker.load }, 'media worker died');
		if (this.#spare === worker) this.#spare = null;
		this.#workers.delete(worker);
		const spare = this.#spare;
		if (spare && this.#workers.size < this.#options.size) {
			this.#spare = null;
			this.#workers.add(spare);
		}
		// The rooms are being rebuilt now; starting a process would take the processor from them.
		if (this.#workers.size > 0) setTimeout(() => this.#refill(), this.#options.spareDelayMs).unref();
		else this.#refill();
	}

	/** One at a time, until every place and that of the spare is taken. */
	#refill(): void {
		if (this.#closed || this.#coming || this.#all().length > this.#options.size) return;
		const { size, workerRetryMs, logger } = this.#options;
		const used = new Set(this.#all().map((worker) => worker.port));
		const ports = Array.from({ length: size + 1 }, (_, index) => portAt(this.#options, index));
		const port = ports.find((candidate) => candidate === 0 || !used.has(candidate)) ?? 0;
		this.#coming = start(this.#options, port)
			.catch(async (error: unknown) => {
				logger.error({ err: error }, 'a media worker cannot be started');
				await delay(workerRetryMs);
				return null;
			})
			.then((worker) => {
				this.#coming = null;
				if (this.#closed) worker?.close();
				else if (worker) this.#add(worker);
				this.#refill();
			});
	}

	#all(): MediaWorker[] {
		return [...this.#workers, ...(this.#spare ? [this.#spare] : [])];
	}
}

function portAt({ firstPort }: WorkerPoolOptions, index: number): number {
	return firstPort === 0 ? 0 : firstPort + index;
}

async function start(options: WorkerPoolOptions, port: number): Promise<MediaWorker> {
	const { addresses, workerBin, portRetryMs } = options;
	return await MediaWorker.create({ addresses, port, workerBin, portRetryMs });
}
