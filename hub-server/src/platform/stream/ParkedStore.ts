import { hash } from 'node:crypto';
import type { mongo } from 'mongoose';
import type { Connection } from '../mongo.ts';
import type { Place } from './Source.ts';

/** A document that a job could not handle; the job goes on without it. */
export interface ParkedRecord {
	/** Made of job and place, so that an event is parked once. */
	_id: string;
	job: string;
	place: Place;
	/** What the last attempt failed with. */
	error: string;
	attempts: number;
	parkedAt: Date;
	/** When somebody asked to try it again; null while nobody does. */
	retryAt: Date | null;
}

/** What jobs have put aside, for an operator to look at and to try again. */
export class ParkedStore {
	readonly #parked: mongo.Collection<ParkedRecord>;

	constructor(connection: Connection) {
		if (!connection.db) throw new Error('the connection is not open');
		this.#parked = connection.db.collection<ParkedRecord>('jobs_parked');
	}

	async ensureIndexes(): Promise<void> {
		await this.#parked.createIndexes([
			{ key: { job: 1, retryAt: 1 }, name: 'retry' },
			{ key: { parkedAt: -1, _id: 1 }, name: 'newest' },
		]);
	}

	async park(job: string, place: Place, error: unknown, attempts: number): Promise<void> {
		await this.#parked.updateOne(
			{ _id: idOf(job, place) },
			{
				$set: { job, place, error: wordsOf(error), retryAt: null },
				$inc: { attempts },
				$setOnInsert: { parkedAt: new Date() },
			},
			{ upsert: true },
		);
	}

	/** Those of a job that somebody wants tried again, at most a hundred. */
	wanted(job: string): Promise<ParkedRecord[]> {
		return this.#parked.find({ job, retryAt: { $ne: null } }, { sort: { retryAt: 1 }, limit: 100 }).toArray();
	}

	async settled(id: string): Promise<void> {
		await this.#parked.deleteOne({ _id: id });
	}

	/** The newest first, at most a hundred. */
	list(job?: string): Promise<ParkedRecord[]> {
		const filter = job === undefined ? {} : { job };
		return this.#parked.find(filter, { sort: { parkedAt: -1, _id: 1 }, limit: 100 }).toArray();
	}

	count(job: string): Promise<number> {
		return this.#parked.countDocuments({ job });
	}

	/** False: there is no such document. */
	async retry(id: string): Promise<boolean> {
		const { matchedCount } = await this.#parked.updateOne({ _id: id }, { $set: { retryAt: new Date() } });
		return matchedCount === 1;
	}
}

const idOf = (job: string, { subject, seq }: Place) =>
	hash('sha256', `${job} ${subject} ${seq}`, 'hex').slice(0, 32);

const ERROR_MOST = 2_000;
const wordsOf = (error: unknown) =>
	(error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, ERROR_MOST);
