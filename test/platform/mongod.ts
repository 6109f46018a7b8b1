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

/**
 * Gives back what the file's tests took. A hub's database is some seventy open files to mongod: it aborts when a run
 * of hundreds of them has used up what the system allows one process.
 */
export async function dropDatabases(): Promise<void> {
	if (databases.length === 0) return;
	const connection = await mongoose.createConnection(inject('mongodUrl')).asPromise();
	for (const name of databases.splice(0)) await connection.useDb(name).dropDatabase();
	await connection.close();
}

/** The same server and credentials, another database. */
export function databaseUrl(serverUrl: string, name: string): string {
	const url = new URL(serverUrl);
	url.pathname = `/${name}`;
	return url.href;
}
