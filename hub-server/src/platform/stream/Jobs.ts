import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { Metrics } from '@counter-hub/shared/server/metrics.ts';
import type { Connection } from '../mongo.ts';
import { JobRunner, type JobOptions } from './JobRunner.ts';
import { JobStore, type JobStanding } from './JobStore.ts';
import { ParkedStore, type ParkedRecord } from './ParkedStore.ts';

export interface JobsParts {
	hubId: string;
	connection: Connection;
	logger: Logger;
	metrics: Metrics;
}

export interface JobStatus extends JobStanding {
	/** Events that it has put aside. */
	parked: number;
}

/** The jobs of one hub: each is done by one hub at a time, whichever has its lease. */
export class Jobs {
	readonly #parts: JobsParts;
	readonly #store: JobStore;
	readonly #parked: ParkedStore;
	readonly #runners = new Map<string, { start(): void; stop(): Promise<void> }>();
	readonly #onParked: (job: string) => void;

	constructor(parts: JobsParts) {
		this.#parts = parts;
		this.#store = new JobStore(parts.connection, parts.hubId);
		this.#parked = new ParkedStore(parts.connection);
		const count = parts.metrics.counter('hub_jobs_parked_total', 'Events that a job could not handle', [
			'job',
		]);
		this.#onParked = (job) => {
			count.inc({ job });
		};
	}

	/** Before `start()`. */
	add<T extends object>(options: JobOptions<T>): void {
		if (this.#runners.has(options.name)) throw new Error(`two jobs are called ${options.name}`);
		const parts = {
			store: this.#store,
			parked: this.#parked,
			logger: this.#parts.logger,
			onParked: this.#onParked,
		};
		this.#runners.set(options.name, new JobRunner(options, parts));
	}

	async start(): Promise<void> {
		await this.#parked.ensureIndexes();
		for (const name of this.#runners.keys()) await this.#store.ensure(name);
		for (const runner of this.#runners.values()) runner.start();
	}

	/** Saves their places and gives the jobs back, so that other hubs take them at once. */
	async stop(): Promise<void> {
		await Promise.all([...this.#runners.values()].map((runner) => runner.stop()));
	}

	/** The jobs that this hub knows, or one. */
	async list(name?: string): Promise<JobStatus[]> {
		const known = (await this.#store.list(name)).filter((job) => this.#runners.has(job.name));
		return Promise.all(known.map(async (job) => ({ ...job, parked: await this.#parked.count(job.name) })));
	}

	/** The newest first, at most a hundred. */
	parked(job?: string): Promise<ParkedRecord[]> {
		return this.#parked.list(job);
	}

	/** Has a parked event tried once more, by the hub that has the job. False: there is none. */
	retry(parkedId: string): Promise<boolean> {
		return this.#parked.retry(parkedId);
	}

	/** Has the job begin anew, with all that is there. */
	restart(name: string): Promise<void> {
		return this.#store.restart(name);
	}
}
