import type { mongo } from 'mongoose';
import { JOB_LEASE } from '../../limits.ts';
import type { Connection } from '../mongo.ts';
import type { Position } from './followInserts.ts';
import type { Place } from './Source.ts';

/** How far a job has come. */
export interface JobProgress {
	/** Where the stream of inserts is resumed. */
	position: Position;
	/** Set while what lies before `position` is being read: from `since` on (or all), after `after` where it was broken off. */
	reading?: { since?: Date; after?: Place };
}

export interface JobRecord {
	/** The job's name. */
	_id: string;
	/** The hub that has it; null when nobody has. */
	holder: string | null;
	/** Rises with each holder: whoever comes with a lower one is refused. */
	fence: number;
	/** By the database's clock. */
	expiresAt: Date;
	progress?: JobProgress;
}

/** How a job stands, for whoever looks on. */
export interface JobStanding {
	name: string;
	/** The hub that does it; null: none. */
	holder: string | null;
	/** Up to when it has dealt with what happened, and how far that is behind, in ms; null before its first place. */
	reached: Date | null;
	lagMs: number | null;
	/** It reads what was there before it, or what it missed. */
	isReading: boolean;
}

/** The right to do a job, for as long as it is renewed. */
export interface Tenure {
	name: string;
	fence: number;
	progress: JobProgress | undefined;
}

/**
 * Which hub does which job, and how far it is. Leases go by the database's clock, so that hubs need not agree on theirs.
 * Every write names holder and fence: a hub that froze and wakes up finds that it may not write any more.
 */
export class JobStore {
	readonly #jobs: mongo.Collection<JobRecord>;
	readonly #hubId: string;

	constructor(connection: Connection, hubId: string) {
		if (!connection.db) throw new Error('the connection is not open');
		this.#jobs = connection.db.collection<JobRecord>('jobs');
		this.#hubId = hubId;
	}

	async ensure(name: string): Promise<void> {
		await this.#jobs.updateOne(
			{ _id: name },
			{ $setOnInsert: { holder: null, fence: 0, expiresAt: new Date(0) } },
			{ upsert: true },
		);
	}

	/** Takes the job if nobody has it. */
	async take(name: string): Promise<Tenure | undefined> {
		const record = await this.#jobs.findOneAndUpdate(
			{ _id: name, $expr: { $lte: ['$expiresAt', '$$NOW'] } },
			[{ $set: { holder: this.#hubId, fence: { $add: ['$fence', 1] }, expiresAt: leaseEnd } }],
			{ returnDocument: 'after' },
		);
		return record ? { name, fence: record.fence, progress: record.progress } : undefined;
	}

	/** Renews the lease and saves how far it is. False: another hub has the job. */
	async keep({ name, fence }: Tenure, progress: JobProgress | undefined): Promise<boolean> {
		const { matchedCount } = await this.#jobs.updateOne({ _id: name, holder: this.#hubId, fence }, [
			{ $set: { expiresAt: leaseEnd, ...(progress && { progress: { $literal: progress } }) } },
		]);
		return matchedCount === 1;
	}

	/** Another hub may take it at once. */
	async giveBack({ name, fence }: Tenure, progress: JobProgress | undefined): Promise<void> {
		await this.#jobs.updateOne(
			{ _id: name, holder: this.#hubId, fence },
			{ $set: { holder: null, expiresAt: new Date(0), ...(progress && { progress }) } },
		);
	}

	/** The job begins anew, whoever has it: the fence rises, so that the holder of now cannot save its place. */
	async restart(name: string): Promise<void> {
		await this.#jobs.updateOne(
			{ _id: name },
			{ $set: { holder: null, expiresAt: new Date(0) }, $unset: { progress: '' }, $inc: { fence: 1 } },
		);
	}

	/** All jobs that there ever were, or one, as they stand by the database's clock. */
	list(name?: string): Promise<JobStanding[]> {
		return this.#jobs
			.aggregate<JobStanding>([
				{ $match: name === undefined ? {} : { _id: name } },
				{ $sort: { _id: 1 } },
				{
					$project: {
						_id: 0,
						name: '$_id',
						holder: { $cond: [{ $gt: ['$expiresAt', '$$NOW'] }, '$holder', null] },
						reached: { $ifNull: ['$progress.position.at', null] },
						lagMs: { $ifNull: [{ $max: [0, { $subtract: ['$$NOW', '$progress.position.at'] }] }, null] },
						isReading: { $eq: [{ $type: '$progress.reading' }, 'object'] },
					},
				},
			])
			.toArray();
	}
}

const leaseEnd = { $add: ['$$NOW', JOB_LEASE] };
