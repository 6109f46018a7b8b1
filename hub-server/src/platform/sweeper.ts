import type { Logger } from '@counter-hub/shared/server/logger.ts';

interface Job {
	title: string;
	everyMs: number;
	run: () => Promise<void>;
	timer: NodeJS.Timeout | undefined;
	running: Promise<void> | undefined;
}

/**
 * Jobs that look again and again for deadlines stored as dates. A job never overlaps itself; its pauses are jittered
 * (±20 %), so that several hubs do not sweep in step. What it finds it settles by ordinary conditional commands.
 */
export class Sweeper {
	readonly #jobs = new Map<string, Job>();
	readonly #logger: Logger;
	#state: 'waiting' | 'started' | 'stopped' = 'waiting';

	constructor(logger: Logger) {
		this.#logger = logger;
	}

	/** Registers a job; it begins with `start()`, or at once when the hub runs already. */
	every(everyMs: number, title: string, run: () => Promise<void>): void {
		if (this.#jobs.has(title)) throw new Error(`two sweeper jobs are called ${title}`);
		const job: Job = { title, everyMs, run, timer: undefined, running: undefined };
		this.#jobs.set(title, job);
		if (this.#state === 'started') this.#schedule(job);
	}

	start(): void {
		if (this.#state !== 'waiting') return;
		this.#state = 'started';
		for (const job of this.#jobs.values()) this.#schedule(job);
	}

	/** Waits for the jobs that are at work. */
	async stop(): Promise<void> {
		this.#state = 'stopped';
		for (const job of this.#jobs.values()) clearTimeout(job.timer);
		await Promise.all([...this.#jobs.values()].map((job) => job.running ?? Promise.resolve()));
	}

	#schedule(job: Job): void {
		if (this.#state !== 'started') return;
		job.timer = setTimeout(
			() => {
				job.running = this.#run(job);
			},
			job.everyMs * (0.8 + Math.random() * 0.4),
		);
	}

	async #run(job: Job): Promise<void> {
		try {
			await job.run();
		} catch (error) {
			this.#logger.warn({ err: error, job: job.title }, 'a sweeper job failed; it runs again');
		} finally {
			job.running = undefined;
			this.#schedule(job);
		}
	}
}
