import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { inject } from 'vitest';
import { presentMongod } from '../../scripts/lib/mongodBinary.mjs';
import { startMongod as start, type RunningMongod } from '../../scripts/lib/mongod.mjs';

declare module 'vitest' {
	export interface ProvidedContext {
		/** Connection string of the run's mongod, with credentials. */
		mongodUrl: string;
	}
}

/** A mongod of a test's own, for tests that kill or restart it. */
export interface TestMongod extends RunningMongod {
	/** Holds data, password and port; `startMongod(folder)` on it continues with the same data. */
	folder: string;
	/** Stops mongod and deletes the folder. */
	remove(): Promise<void>;
}

/**
 * Starts a real mongod (replica set of one, password, loopback).
 * @param folder of an earlier one, to start again on its data; otherwise a new temporary folder
 * @throws when no mongod is on this machine: `npm test` fetches one, MONGOD_BIN names one
 */
export async function startMongod(folder?: string): Promise<TestMongod> {
	const binary = presentMongod();
	if (!binary) throw new Error('No mongod found: run `npm test` once, or set MONGOD_BIN.');
	const home = folder ?? (await mkdtemp(join(tmpdir(), 'counter-hub-mongod-')));
	const mongod = await start({
		binary,
		folder: home,
		node: process.execPath,
		cacheGB: 0.25,
		// What was dropped is given back with the next checkpoint, not five minutes later.
		parameters: { minSnapshotHistoryWindowInSeconds: 0 },
	});
	return {
		...mongod,
		folder: home,
		async remove() {
			await mongod.stop();
			await rm(home, { recursive: true, force: true });
		},
	};
}

/** Of the test file that runs now. */
const databases: string[] = [];

/** A database that no other test uses, on the run's mongod. It is dropped after the test file. */
export function newDatabase(): { name: string; url: string } {
	const name = `test_${randomUUID().replaceAll('-', '').slice(0, 20)}`;
	databases.push(name);
	return { name, url: databaseUrl(inject('mongodUrl'), name) };
}

/** Names of databases that a test has left empty, with their collections and indexes: making those costs a second. */
const POOL = 'test_pool';
interface Pooled {
	_id: string;
}

/** One that a test before has left empty, or else a new one. It is dropped after the test file unless it is left empty again. */
export async function takeDatabase(): Promise<{ name: string; url: string }> {
	const pooled = await withServer((server) =>
		server.useDb(POOL).collection<Pooled>('free').findOneAndDelete({}),
	);
	if (!pooled) return newDatabase();
	databases.push(pooled._id);
	return { name: pooled._id, url: databaseUrl(inject('mongodUrl'), pooled._id) };
}

/** Empties a database for the next test. Nobody may be connected to it any more. */
export async function leaveEmpty(url: string): Promise<void> {
	const name = new URL(url).pathname.slice(1);
	const at = databases.indexOf(name);
	if (at < 0) return;
	await withServer(async (server) => {
		const { db } = server.useDb(name);
		if (!db) throw new Error('the connection is not open');
		const collections = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
		await Promise.all(collections.map((one) => db.collection(one.name).deleteMany({})));
		await server.useDb(POOL).collection<Pooled>('free').insertOne({ _id: name });
	});
	databases.splice(at, 1);
}

async function withServer<T>(work: (server: mongoose.Connection) => Promise<T>): Promise<T> {
	const server = await mongoose.createConnection(inject('mongodUrl')).asPromise();
	try {
		return await work(server);
	} finally {
		await server.close();
	}
}

/**
 * Gives back what the file's tests took. A hub's database is some seventy open files to mongod: it aborts when a run
 * of hundreds of them has used up what the system allows one process.
 */
export async function dropDatabases(): Promise<void> {
	if (databases.length === 0) return;
	await withServer(async (server) => {
		for (const name of databases.splice(0)) await server.useDb(name).dropDatabase();
	});
}

/** The same server and credentials, another database. */
export function databaseUrl(serverUrl: string, name: string): string {
	const url = new URL(serverUrl);
	url.pathname = `/${name}`;
	return url.href;
}
