import { setTimeout as pause } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { STREAM_CLOSE_TIMEOUT, STREAM_HEARTBEAT, STREAM_RETRY_PAUSE, STREAM_SILENCE } from '../../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import { inTime } from './inTime.ts';
import type { Source } from './Source.ts';

/** A place in the stream of inserts from which nothing is left out; may be stored. `at` is the database's time of it. */
export type Position = { token: object; at: Date } | { from: mongo.Timestamp; at: Date };

export type Step<T> =
	/** A document that was inserted; `position` is the place after it. */
	| { kind: 'insert'; document: T; position: Position }
	/** There is nothing more at the moment; comes every few seconds. */
	| { kind: 'quiet'; position: Position }
	/** The database no longer knows the place: what was inserted since must be read; the stream goes on from here. */
	| { kind: 'gap'; since: Date; position: Position };

export interface FollowOptions {
	logger: Logger;
	signal: AbortSignal;
	/** Told whether the database answers, whenever that changes. */
	onState?: (isOpen: boolean) => void;
}

/**
 * The place of now: whatever is acknowledged after this call comes later in the stream, and whoever reads after it finds
 * all that came before. Both matter: the database may be at a place that its majority, which is what is read, has not
 * reached yet.
 */
export async function presentPosition<T extends object>({ collection }: Source<T>): Promise<Position> {
	const session = collection.db.client.startSession({ causalConsistency: true });
	try {
		const { operationTime } = await collection.db.command({ ping: 1 }, { session });
		await collection.findOne({}, { session, projection: { _id: 1 } });
		return { from: operationTime as mongo.Timestamp, at: new Date() };
	} finally {
		await session.endSession();
	}
}

/**
 * What is inserted into a collection from a place on, in the order of the database, once the majority has it. Goes on
 * after every error where it stood: a lost primary, a restarted database, a line that stands still. Ends with `signal`;
 * end it before the connection is closed.
 */
export async function* followInserts<T extends object>(
	source: Source<T>,
	start: Position,
	{ logger, signal, onState }: FollowOptions,
): AsyncGenerator<Step<T>, void> {
	let position = start;
	let retryPause: number = STREAM_RETRY_PAUSE.first;
	const isOver = () => signal.aborted;
	while (!isOver()) {
		const stream = open(source, position);
		try {
			for (;;) {
				const asked = new Date();
				const change = await inTime(stream.tryNext(), STREAM_SILENCE, signal);
				onState?.(true);
				retryPause = STREAM_RETRY_PAUSE.first;
				if (change) {
					if (change.operationType === 'invalidate') throw new Lost('the collection was dropped');
					position = { token: change._id, at: timeOf(change.clusterTime, asked) };
					yield { kind: 'insert', document: change.fullDocument, position };
				} else {
					if (stream.resumeToken) position = { token: stream.resumeToken, at: asked };
					yield { kind: 'quiet', position };
				}
			}
		} catch (error) {
			if (isOver()) return;
			onState?.(false);
			logger.warn(
				{ err: error, collection: source.collection.collectionName },
				'a stream of inserts broke off',
			);
			await pause(retryPause, undefined, { signal }).catch(() => undefined);
			retryPause = Math.min(retryPause * 2, STREAM_RETRY_PAUSE.most);
			if (!isLost(error)) continue;
			const since = position.at;
			const present = await presentPosition(source).catch(() => undefined);
			if (!present) continue;
			position = present;
			yield { kind: 'gap', since, position };
		} finally {
			await closeQuietly(stream);
		}
	}
}

interface Change<T> {
	_id: object;
	operationType: 'insert' | 'invalidate';
	/** Without `_id`. */
	fullDocument: T;
	clusterTime?: mongo.Timestamp;
}
type ChangeStream<T> = Pick<mongo.ChangeStream, 'resumeToken' | 'close'> & {
	tryNext(): Promise<Change<T> | null>;
};

function open<T extends object>({ collection, filter }: Source<T>, position: Position): ChangeStream<T> {
	const conditions = Object.entries(filter ?? {}).map(([field, value]) => [`fullDocument.${field}`, value]);
	return collection.watch(
		[
			{
				$match: {
					$or: [
						{ operationType: 'insert', ...Object.fromEntries(conditions) },
						{ operationType: 'invalidate' },
					],
				},
			},
			{ $project: { operationType: 1, fullDocument: 1, clusterTime: 1 } },
			{ $unset: 'fullDocument._id' },
		],
		{
			maxAwaitTimeMS: STREAM_HEARTBEAT,
			...('token' in position ? { startAfter: position.token } : { startAtOperationTime: position.from }),
		},
	) as unknown as ChangeStream<T>;
}

const timeOf = (clusterTime: mongo.Timestamp | undefined, otherwise: Date) =>
	clusterTime ? new Date(clusterTime.t * 1000) : otherwise;

class Lost extends Error {}

/** The place is older than the database's memory (its oplog), or belongs to another one. */
const LOST_CODES = new Set([260, 280, 286, 9 /* a token that cannot be read */]);
function isLost(error: unknown): boolean {
	if (error instanceof Lost) return true;
	return error instanceof Error && 'code' in error && LOST_CODES.has(Number(error.code));
}

/** A stream over a line that stands still cannot say goodbye. */
async function closeQuietly(stream: Pick<mongo.ChangeStream, 'close'>): Promise<void> {
	await inTime(stream.close(), STREAM_CLOSE_TIMEOUT).catch(() => undefined);
}
