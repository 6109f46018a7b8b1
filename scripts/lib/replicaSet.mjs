/*
 * Makes a running mongod a replica set of one with a password, or mends it after a port change.
 * Run as a process of its own on the product's Node; takes {port, user, password} as JSON on stdin and ends
 * with 0 when the set has a primary.
 */
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';

const setName = 'rs0';
const startLimitMs = 60_000;
const codes = { unauthorized: 13, authenticationFailed: 18, alreadyInitialized: 23, notYetInitialized: 94 };

const { port, user, password } = JSON.parse(await text(process.stdin));
const host = `127.0.0.1:${port}`;
const deadline = Date.now() + startLimitMs;

await listening();
if (!(await signedIn(settle))) {
	await unsigned(firstUser);
	await signedIn(settle);
}

async function listening() {
	while (!(await opens())) {
		if (Date.now() > deadline) throw new Error(`mongod does not listen on ${host}`);
		await sleep(20);
	}
}

function opens() {
	return new Promise((resolve) => {
		const socket = connect({ port, host: '127.0.0.1' }, () => {
			socket.destroy();
			resolve(true);
		});
		socket.on('error', () => resolve(false));
	});
}

/** @param {(admin: import('mongodb').Db) => Promise<void>} work @returns whether the password was accepted */
async function signedIn(work) {
	const client = new MongoClient(`mongodb://${host}/?directConnection=true&authSource=admin`, {
		auth: { username: user, password },
	});
	try {
		await client.connect();
		await work(client.db('admin'));
		return true;
	} catch (error) {
		if (error?.code === codes.authenticationFailed) return false;
		throw error;
	} finally {
		await client.close();
	}
}

/** @param {(admin: import('mongodb').Db) => Promise<void>} work */
async function unsigned(work) {
	const client = new MongoClient(`mongodb://${host}/?directConnection=true`);
	try {
		await client.connect();
		await work(client.db('admin'));
	} finally {
		await client.close();
	}
}

/** Through the localhost exception, which ends with the first user. @param {import('mongodb').Db} admin */
async function firstUser(admin) {
	try {
		await admin.command({ replSetInitiate: { _id: setName, members: [{ _id: 0, host }] } });
	} catch (error) {
		if (error?.code === codes.unauthorized) {
			throw new Error('the database has another password', { cause: error });
		}
		if (error?.code !== codes.alreadyInitialized) throw error;
	}
	await primary(admin);
	await admin.command({ createUser: user, pwd: password, roles: ['root'] });
}

/** @param {import('mongodb').Db} admin */
async function settle(admin) {
	const { config } = await admin.command({ replSetGetConfig: 1 });
	if (config.members[0].host !== host) {
		config.members[0].host = host;
		config.version += 1;
		await admin.command({ replSetReconfig: config, force: true });
	}
	await primary(admin);
}

/** @param {import('mongodb').Db} admin */
async function primary(admin) {
	while (!(await admin.command({ hello: 1 })).isWritablePrimary) {
		if (Date.now() > deadline) throw new Error('the replica set has no primary');
		await sleep(20);
	}
}
