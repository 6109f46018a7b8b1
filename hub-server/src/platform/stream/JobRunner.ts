import { setTimeout as pause } from 'node:timers/promises';
import {
	JOB_ATTEMPTS,
	JOB_HANDLE_TIMEOUT,
	JOB_LEASE,
	JOB_PARKED_LOOK,
	JOB_RENEWAL,
	JOB_RETRY_PAUSE,
	JOB_SAVE_EVERY,
	STREAM_HEARTBEAT,
} from '../../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import { isMongoUnavailable } from '../mongo.ts';
import { followInserts, presentPosition, type Position } from './followInserts.ts';
import { inTime } from './inTime.ts';
import { newPlaces } from './newPlaces.ts';
import type { JobProgress, JobStore, Tenure } from './JobStore.ts';
import type { ParkedStore } from './ParkedStore.ts';
import { readInserted, type Source } from './Source.ts';

/** What a handler may want to know about its call. */
export interface Attempt {
	/** Ends when the hub loses the job or stops, or the attempt takes too long. */
	readonly signal: AbortSignal;
	/** Rises with each hub that takes the job. Stored with what the handler writes, it keeps an older hub from writing. */
	readonly fence: number;
}

export interface JobOptions<T extends object> {
	readonly name: string;
	readonly source: Source<T>;
	/**
	 * Called for every document, in order within a subject, one after the other, on one hub. After a kill the last ones
	 * come again, and so may those that came while a job read what was there before it: a repeat must change nothing. What it throws is tried again with growing pauses, and parked in the end;
	 * the job goes on meanwhile with what comes after, of the same subject too.
	 */
	readonly handle: (document: T, attempt: Attempt) => Promise<void>;
	/** A new job begins with all that is there, or with what comes from now on. Default `start`. */
	readonly from?: 'start' | 'now';
	/** Default `JOB_ATTEMPTS`. */
	readonly attempts?: number;
}

export interface JobParts {
	store: JobStore;
	parked: ParkedStore;
	logger: Logger;
	/** Told of each document that is parked. */
	onParked: (job: string) => void;
}

/** Does one job on this hub while it has the lease, and asks for the lease while another hub has it. */
export class JobRunner<T extends object> {
	readonly #options: JobOptions<T>;
	readonly #parts: JobParts;
	readonly #stopping = new AbortController();
	#running: Promise<void> | undefined;

	constructor(options: JobOptions<T>, parts: JobParts) {
		this.#options = options;
		this.#parts = parts;
	}

	get name(): string {
		return this.#options.name;
	}

	start(): void {
		this.#running ??= this.#run();
	}

	/** Finishes the document in hand, saves its place and gives the job back. */
	async stop(): Promise<void> {
		this.#stopping.abort();
		await this.#running;
	}

	async #run(): Promise<void> {
		const { store, logger } = this.#parts;
		const { signal } = this.#stopping;
		while (!signal.aborted) {
			try {
				const asked = performance.now();
				const tenure = await store.take(this.name);
				if (tenure) await new Work(this.#options, this.#parts, tenure, asked, signal).do();
			} catch (error) {
				logger.warn({ err: error, job: this.name }, 'a job was broken off; it is taken up again');
			}
			await pause(JOB_RENEWAL * (0.7 + Math.random() * 0.6), undefined, { signal }).catch(() => undefined);
		}
	}
}

/** One hub's time with a job: from the moment it takes the lease until it loses it, stops, or fails. */
class Work<T extends object> {
	readonly #options: JobOptions<T>;
	readonly #parts: JobParts;
	readonly #tenure: Tenure;
	readonly #ending = new AbortController();
	readonly #signal: AbortSignal;
	/** By this hub's steady clock; before the database's, since it was asked for earlier. */
	#heldUntil: number;
	#progress: JobProgress | undefined;
	#unsaved = 0;
	/** When it looks again for what an operator wants tried once more; by this hub's steady clock. */
	#lookAtParkedFrom = 0;
	/** The last number handled, by subject. */
	readonly #places = newPlaces();

	constructor(options: JobOptions<T>, parts: JobParts, tenure: Tenure, asked: number, stopping: AbortSignal) {
		this.#options = options;
		this.#parts = parts;
		this.#tenure = tenure;
		this.#heldUntil = asked + JOB_LEASE;
		this.#progress = tenure.progress;
		this.#signal = AbortSignal.any([stopping, this.#ending.signal]);
	}

	async do(): Promise<void> {
		const { logger, store } = this.#parts;
		const { name } = this.#options;
		logger.info({ job: name, fence: this.#tenure.fence }, 'this hub does the job');
		const renewal = setInterval(() => void this.#keep(), JOB_RENEWAL);
		try {
			await this.#work(this.#progress?.position ?? (await this.#begin()));
		} finally {
			clearInterval(renewal);
			// Where another hub has it by now this changes nothing.
			await store.giveBack(this.#tenure, this.#progress).catch((error: unknown) => {
				logger.warn({ err: error, job: name }, 'a job was not given back; its lease runs out');
			});
		}
	}

	async #begin(): Promise<Position> {
		const position = await presentPosition(this.#options.source);
		this.#progress = { position, ...(this.#options.from !== 'now' && { reading: {} }) };
		return position;
	}

	async #work(start: Position): Promise<void> {
		const { source } = this.#options;
		const { logger } = this.#parts;
		if (this.#progress?.reading) await this.#read(start);
		for await (const step of followInserts(source, start, { logger, signal: this.#signal })) {
			if (step.kind === 'gap') {
				logger.warn(
					{ job: this.#options.name, since: step.since },
					'a job stood still too long; it reads what it missed',
				);
				this.#progress = { position: step.position, reading: { since: step.since } };
				await this.#read(step.position);
				if (this.#signal.aborted) return;
			} else if (step.kind === 'insert' && !(await this.#deliver(step.document))) return;
			// What is handled is not done once more by whoever has the job next, though this hub stops just now.
			this.#progress = { position: step.position };
			// Not only when it is quiet: on a busy day it never is.
			await this.#retryParked();
			if (this.#signal.aborted) return;
			if (++this.#unsaved >= JOB_SAVE_EVERY) await this.#keep();
		}
	}

	/** Hands over what was there before the stream begins, or was missed. */
	async #read(position: Position): Promise<void> {
		const { source } = this.#options;
		const { since, after } = this.#progress?.reading ?? {};
		for await (const document of readInserted(source, { since, after })) {
			if (!(await this.#deliver(document))) return;
			this.#progress = { position, reading: { ...(since && { since }), after: source.place(document) } };
			if (this.#signal.aborted) return;
			if (++this.#unsaved >= JOB_SAVE_EVERY) await this.#keep();
		}
		this.#progress = { position };
		await this.#keep();
	}

	/** True when the document is handled or parked; false when the job is lost, or given back before that. */
	async #deliver(document: T): Promise<boolean> {
		const { name, source, attempts = JOB_ATTEMPTS } = this.#options;
		const { logger, parked, onParked } = this.#parts;
		const place = source.place(document);
		// What was read comes in the stream as well where both overlap.
		if (place.seq <= (this.#places.get(place.subject) ?? 0)) return true;
		this.#places.set(place.subject, place.seq);
		let wait: number = JOB_RETRY_PAUSE.first;
		for (let tried = 1; this.#isHeld();) {
			try {
				await this.#attempt(document);
				return true;
			} catch (error) {
				if (this.#signal.aborted) return false;
				logger.warn(
					{ err: error, job: name, ...place, tried },
					'a job failed on an event; it is tried again',
				);
				// Without the database nothing can be done, and nothing can be said about the event.
				if (!isMongoUnavailable(error) && ++tried > attempts) {
					await parked.park(name, place, error, attempts);
					this.#lookAtParkedFrom = 0;
					logger.error(
						{ alert: 'jobParked', err: error, job: name, ...place },
						'an event was parked; the job goes on',
					);
					onParked(name);
					return true;
				}
			}
			await pause(wait, undefined, { signal: this.#signal }).catch(() => undefined);
			wait = Math.min(wait * 2, JOB_RETRY_PAUSE.most);
		}
		return false;
	}

	async #attempt(document: T): Promise<void> {
		const timeout = AbortSignal.timeout(JOB_HANDLE_TIMEOUT);
		const attempt = { fence: this.#tenure.fence, signal: AbortSignal.any([this.#signal, timeout]) };
		await inTime(this.#options.handle(document, attempt), JOB_HANDLE_TIMEOUT);
	}

	/** Tries once more what an operator asked for. */
	async #retryParked(): Promise<void> {
		const { name, source } = this.#options;
		const { parked, logger } = this.#parts;
		if (performance.now() < this.#lookAtParkedFrom) return;
		const wanted = await parked.wanted(name);
		// Only who does the job parks; a hub that has just lost it may be late with one.
		const isIdle = wanted.length === 0 && (await parked.count(name)) === 0;
		this.#lookAtParkedFrom = performance.now() + (isIdle ? JOB_PARKED_LOOK : STREAM_HEARTBEAT);
		for (const { _id, place } of wanted) {
			if (!this.#isHeld()) return;
			try {
				const [document] = await readInserted(source, { at: place }).toArray();
				if (document) await this.#attempt(document);
				await parked.settled(_id);
				logger.info({ job: name, ...place }, 'a parked event was handled');
			} catch (error) {
				// What was broken off says nothing about the event; the next hub tries it.
				if (this.#signal.aborted) return;
				await parked.park(name, place, error, 1);
			}
		}
	}

	/** A hub that was frozen learns by its own clock that it may have lost the job, before it does anything more. */
	#isHeld(): boolean {
		if (performance.now() >= this.#heldUntil) this.#ending.abort(new Error('the lease of the job ran out'));
		return !this.#signal.aborted;
	}

	/** Renews the lease and saves the place. */
	async #keep(): Promise<void> {
		const asked = performance.now();
		this.#unsaved = 0;
		try {
			if (await this.#parts.store.keep(this.#tenure, this.#progress)) this.#heldUntil = asked + JOB_LEASE;
			else this.#ending.abort(new Error('another hub has the job'));
		} catch (error) {
			this.#parts.logger.warn({ err: error, job: this.#options.name }, 'a job could not be renewed');
			this.#isHeld();
		}
	}
}
