import { Mongoose, type Connection, type mongo } from 'mongoose';
import {
	MONGO_PING_TIMEOUT,
	MONGO_POOL_SIZE,
	MONGO_SERVER_SELECTION_TIMEOUT,
	MONGO_SOCKET_TIMEOUT,
} from '../limits.ts';
import { failWritesOfClosedConnections, lookAtPoolsSeldom } from './mongoConnections.ts';

export type { Connection };

/**
 * Opens the hub's own connection: nothing is global, so several hubs live in one process. Writes are acknowledged by
 * the majority's journals. Query operators in filters are refused (`sanitizeFilter`); where our own code needs one it
 * says `mongoose.trusted({ $gt: … })`. Models: `connection.model('Case', schema)`; their indexes are made by
 * `ensureIndexes`, not on the fly.
 */
export async function connectMongo(url: string): Promise<Connection> {
	failWritesOfClosedConnections();
	lookAtPoolsSeldom();
	const mongoose = new Mongoose({
		strictQuery: 'throw',
		sanitizeFilter: true,
		autoIndex: false,
		autoCreate: false,
		runValidators: true,
		bufferCommands: false,
	});
	return mongoose
		.createConnection(url, {
			appName: 'counter-hub',
			writeConcern: { w: 'majority', journal: true },
			readConcern: { level: 'majority' },
			retryWrites: true,
			retryReads: true,
			serverSelectionTimeoutMS: MONGO_SERVER_SELECTION_TIMEOUT,
			socketTimeoutMS: MONGO_SOCKET_TIMEOUT,
			maxPoolSize: MONGO_POOL_SIZE,
			ignoreUndefined: true,
		})
		.asPromise();
}

/** Makes the collections and indexes of every model registered on the connection. Harmless when they exist. */
export async function ensureIndexes(connection: Connection): Promise<void> {
	await Promise.all(
		Object.values(connection.models).map(async (model) => {
			const indexes = model.schema.indexes().map(([key, options]) => ({ ...options, key }));
			// One command for all of a collection, where Mongoose gives one for each: a first start waits for them.
			if (indexes.length > 0) await model.collection.createIndexes(indexes as mongo.IndexDescription[]);
			else await model.createCollection();
		}),
	);
}

/** Whether a primary answers now. */
export async function isMongoReady(connection: Connection): Promise<boolean> {
	try {
		const signal = AbortSignal.timeout(MONGO_PING_TIMEOUT);
		await connection.getClient().db().command({ ping: 1 }, { signal });
		return true;
	} catch {
		return false;
	}
}

const CONNECTION_ERRORS = new Set([
	'MongoNetworkError',
	'MongoNetworkTimeoutError',
	'MongoServerSelectionError',
	'MongoPoolClearedError',
	'MongoPoolClosedError',
	'MongoConnectionPoolClearedError',
	'MongoWaitQueueTimeoutError',
	'MongoNotConnectedError',
	'MongoClientClosedError',
	'MongoTopologyClosedError',
	'MongoExpiredSessionError',
	'MongoOperationTimeoutError',
	'MongoWriteConcernError',
	'MongooseServerSelectionError',
	'DisconnectedError',
	'MongoNotPrimaryError',
]);
/** Server codes that mean “no primary here now”. */
const TRANSIENT_CODES = new Set([6, 7, 64, 89, 91, 189, 262, 9001, 10058, 10107, 11600, 11602, 13435, 13436]);

/** True where the database did not answer or changed its primary: the outcome of a write is then unknown. */
export function isMongoUnavailable(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	if (CONNECTION_ERRORS.has(error.name)) return true;
	// Bulk writes wrap the driver's own error.
	if ('errorResponse' in error && error.errorResponse !== error && isMongoUnavailable(error.errorResponse))
		return true;
	const code = 'code' in error ? error.code : undefined;
	return typeof code === 'number' && TRANSIENT_CODES.has(code);
}

/** True for a violated unique index. */
export function isDuplicateKey(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 11000;
}
