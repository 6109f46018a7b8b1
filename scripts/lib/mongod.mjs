import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readFileSync,
	readlinkSync,
	statSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePortRow, isFree } from './ports.mjs';
import { StartProblem } from './startProblem.mjs';

const user = 'counter-hub';
const database = 'counter-hub';
const host = '127.0.0.1';
const largestLogBytes = 20_000_000;
const script = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * A mongod as a replica set of one on loopback, with a password generated once. Everything that it needs to
 * start again lies in `folder`: data, key file, password and port.
 *
 * @typedef {object} RunningMongod
 * @property {string} url connection string with credentials, database `counter-hub`
 * @property {number} port
 * @property {number} pid of mongod itself
 * @property {import('node:child_process').ChildProcess} leash ends when mongod ends
 * @property {Promise<number>} exited mongod's exit code
 * @property {() => Promise<void>} stop ordered; returns when mongod is gone
 *
 * @param {{ binary: string, folder: string, node: string, cacheGB?: number, parameters?: Record<string, string | number> }} options
 *   node: the Node that runs the helper processes; parameters: of the server, by name
 * @returns {Promise<RunningMongod>}
 * @throws {StartProblem} when mongod does not come up
 */
export async function startMongod({ binary, folder, node, cacheGB = 0.5, parameters = {} }) {
	const data = join(folder, 'db');
	const log = join(folder, 'mongod.log');
	mkdirSync(data, { recursive: true, mode: 0o700 });
	const keyFile = kept(join(folder, 'keyFile'), () => randomBytes(96).toString('base64'));
	const password = readFileSync(
		kept(join(folder, 'password'), () => randomBytes(24).toString('base64url')),
		'utf8',
	);
	await endLeftover(data);
	const port = await keptPort(folder);
	if (existsSync(log) && statSync(log).size > largestLogBytes) truncateSync(log);

	const options = {
		'--replSet': 'rs0',
		'--bind_ip': host,
		'--port': String(port),
		'--dbpath': data,
		'--logpath': log,
		'--keyFile': keyFile,
		// zlib compression of 6.0.5 has CVE-2025-14847; on loopback none is needed.
		'--networkMessageCompressors': 'disabled',
		'--wiredTigerCacheSizeGB': String(cacheGB),
	};
	const leash = spawn(
		node,
		[
			script('leash.mjs'),
			binary,
			...Object.entries(options).flat(),
			...Object.entries(parameters).flatMap(([name, value]) => ['--setParameter', `${name}=${value}`]),
			'--logappend',
			'--quiet',
			'--nounixsocket',
		],
		{ stdio: ['pipe', 'ignore', 'pipe'], detached: true },
	);
	let complaint = '';
	leash.stderr.on('data', (chunk) => (complaint += String(chunk)));
	leash.stdin.on('error', () => undefined);
	const exited = new Promise((resolve) => leash.once('exit', (code) => resolve(code ?? 1)));

	const failed = exited.then((code) => {
		throw startFailure(code, log, complaint);
	});
	try {
		// Once settled for a port, the set elects itself, and clients wait for that.
		const isSettled = settledPort(folder) === port;
		const settling = isSettled ? listening(port) : initiate(node, { port, user, password });
		await Promise.race([settling, failed]);
		if (!isSettled) writeFileSync(join(folder, 'settled'), String(port));
	} catch (error) {
		leash.stdin.end();
		throw error;
	}
	failed.catch(() => undefined);

	return {
		url: urlOf(port, password),
		port,
		pid: lockHolder(data) ?? 0,
		leash,
		exited,
		async stop() {
			leash.stdin.end();
			await exited;
		},
	};
}

/**
 * Where the mongod of a folder will be found once it has started, if that is settled already.
 * @param {string} folder
 * @returns {string | undefined} connection string
 */
export function settledUrl(folder) {
	const port = settledPort(folder);
	return port && port === readPort(folder)
		? urlOf(port, readFileSync(join(folder, 'password'), 'utf8'))
		: undefined;
}

/** @param {number} port @param {string} password */
function urlOf(port, password) {
	return `mongodb://${user}:${password}@${host}:${port}/${database}?replicaSet=rs0&authSource=admin`;
}

/** @param {string} folder @returns {number} the port for which the replica set is configured; 0 before */
function settledPort(folder) {
	const path = join(folder, 'settled');
	return existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
}

/** @param {string} folder @returns {number} the port of last time; 0 before */
function readPort(folder) {
	const path = join(folder, 'port');
	return existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
}

/** @param {number} port */
async function listening(port) {
	while (!(await accepts(port))) await sleep(15);
}

/** @param {number} port @returns {Promise<boolean>} */
function accepts(port) {
	return new Promise((resolve) => {
		const socket = connect({ port, host }, () => {
			socket.destroy();
			resolve(true);
		});
		socket.on('error', () => resolve(false));
	});
}

/** @param {string} node @param {object} task */
function initiate(node, task) {
	return new Promise((resolve, reject) => {
		const child = spawn(node, [script('replicaSet.mjs')], { stdio: ['pipe', 'ignore', 'pipe'] });
		let complaint = '';
		child.stderr.on('data', (chunk) => (complaint += String(chunk)));
		child.stdin.on('error', () => undefined);
		child.stdin.end(JSON.stringify(task));
		child.once('error', reject);
		child.once('exit', (code) => {
			if (code === 0) return resolve(undefined);
			const reason = /^\w*Error.*: .*$/m.exec(complaint)?.[0] ?? complaint.trim().slice(0, 400);
			reject(
				new StartProblem(
					`mongod runs, but cannot be made ready: ${reason}`,
					'If its data folder came from elsewhere, set DATA_DIR to another folder (or move the old one away).',
				),
			);
		});
	});
}

/** @param {number} code @param {string} log @param {string} complaint */
function startFailure(code, log, complaint) {
	const tail = existsSync(log) ? readFileSync(log, 'utf8').slice(-20_000) : '';
	if (/No space left on device|ENOSPC/.test(tail)) return new Error('No space left on device (mongod)');
	if (/error while loading shared libraries: (\S+)/.test(complaint)) {
		return new StartProblem(
			`mongod lacks the library ${/libraries: ([^:\s]+)/.exec(complaint)?.[1]}`,
			'Install it (on Debian 12: apt-get install libssl3 libcurl4), or install MongoDB, or set MONGODB_URL.',
		);
	}
	const line = tail
		.trim()
		.split('\n')
		.findLast((text) => /"s":"[EF]"/.test(text));
	return new StartProblem(
		`mongod stopped at once (status ${code}). ${complaint.trim()} ${line?.slice(0, 300) ?? ''}`.trim(),
		`Its log is ${log}. To start with fresh data, set DATA_DIR to another folder.`,
	);
}

/** A file written once, readable by its owner only. @param {string} path @param {() => string} make */
function kept(path, make) {
	if (!existsSync(path)) writeFileSync(path, make(), { mode: 0o600 });
	return path;
}

/** The port of last time if it is still free, else another, which is kept. @param {string} folder */
async function keptPort(folder) {
	const last = readPort(folder);
	if (last > 0 && (await isFree(last, host))) return last;
	const port = await freePortRow(1, host);
	writeFileSync(join(folder, 'port'), String(port));
	return port;
}

/** Ends a mongod that a killed leash left on this data folder. @param {string} data */
async function endLeftover(data) {
	const pid = lockHolder(data);
	if (!pid) return;
	process.kill(pid, 'SIGTERM');
	for (let i = 0; i < 400 && lockHolder(data); i += 1) await sleep(50);
}

/** @param {string} data @returns {number | undefined} the living mongod that works on this data folder */
function lockHolder(data) {
	try {
		const pid = Number(readFileSync(join(data, 'mongod.lock'), 'utf8'));
		if (!(pid > 0) || !readlinkSync(`/proc/${pid}/exe`).includes('mongod')) return undefined;
		const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
		return command.includes(data) ? pid : undefined;
	} catch {
		return undefined;
	}
}
