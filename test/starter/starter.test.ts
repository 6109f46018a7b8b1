import { createServer, type AddressInfo } from 'node:net';
import { readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TestClient } from '../platform/TestClient.ts';
import { newDataDir, processesOf, processWith, runStarter } from './starter.ts';

const upLimit = 120_000;
const patience = { timeout: 30_000, interval: 100 };
let dataDir: string;

beforeEach(async () => {
	dataDir = await newDataDir();
});

afterEach(async () => {
	for (const { pid } of processesOf(dataDir)) process.kill(pid, 'SIGKILL');
	await rm(dataDir, { recursive: true, force: true });
});

const isUp = async (url: string) => expect((await fetch(`${url}/healthz`)).status).toBe(200);
const nothingLeft = () => vi.waitFor(() => expect(processesOf(dataDir)).toEqual([]), patience);

describe('npm start', { timeout: upLimit }, () => {
	test('tells each step as JSON, ends with ready, is silent then, and stops in order on Ctrl-C twice', async () => {
		const starter = runStarter(dataDir);
		const { url, signIns } = await starter.ready;
		await isUp(url);
		expect(signIns.length).toBeGreaterThan(0);
		expect(signIns.every(({ password }) => password)).toBe(true);
		const steps = starter.lines
			.slice(0, -1)
			.map((line) => JSON.parse(line) as { step: string; state: string });
		expect(
			steps.filter(({ state }) => state !== 'started' && state !== 'running').map(({ step }) => step),
		).toEqual(
			expect.arrayContaining([
				'runtime',
				'worker',
				'mongod',
				'dependencies',
				'database',
				'web',
				'data',
				'hub',
				'media-node',
			]),
		);
		const printed = starter.lines.length;
		starter.signal('SIGINT');
		starter.signal('SIGINT');
		expect((await starter.ended).code).toBe(0);
		expect(starter.lines.length).toBe(printed);
		await nothingLeft();
	});

	test('keeps data and secrets between starts; secrets are for their owner only', async () => {
		const first = runStarter(dataDir);
		const { signIns } = await first.ready;
		const secret = join(dataDir, 'secrets', 'PERSONS_KEY');
		const key = readFileSync(secret, 'utf8');
		expect(statSync(secret).mode & 0o777).toBe(0o600);
		expect(statSync(join(dataDir, 'secrets')).mode & 0o777).toBe(0o700);
		first.signal('SIGTERM');
		expect((await first.ended).code).toBe(0);

		const second = runStarter(dataDir);
		expect((await second.ready).signIns).toEqual(signIns);
		expect(readFileSync(secret, 'utf8')).toBe(key);
		expect(second.lines.some((line) => line.includes('"step":"data","state":"skipped"'))).toBe(true);
		second.signal('SIGTERM');
		await second.ended;
	});

	test('kill -9 of the starter leaves nothing behind', async () => {
		const starter = runStarter(dataDir);
		await starter.ready;
		expect(processesOf(dataDir).length).toBeGreaterThan(4);
		starter.signal('SIGKILL');
		await nothingLeft();
	});

	test('a killed hub, media node and mongod come back on the same ports', async () => {
		const starter = runStarter(dataDir);
		const { url } = await starter.ready;
		for (const part of ['hub-server/src/main.ts', 'media-server/src/main.ts', 'bin/mongod', '/mongod ']) {
			const pid = processWith(dataDir, part);
			if (pid === undefined) continue;
			process.kill(pid, 'SIGKILL');
			await vi.waitFor(() => {
				const next = processWith(dataDir, part);
				expect(next).toBeDefined();
				expect(next).not.toBe(pid);
			}, patience);
		}
		await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), patience);
		starter.signal('SIGTERM');
		expect((await starter.ended).code).toBe(0);
		await nothingLeft();
	});

	test('--empty starts with one administrator, and never gets demo data later', async () => {
		const first = runStarter(dataDir, { args: ['--empty'] });
		const [administrator, ...others] = (await first.ready).signIns;
		expect(administrator?.password).toBeTruthy();
		expect(others).toEqual([]);
		first.signal('SIGTERM');
		await first.ended;

		const second = runStarter(dataDir);
		expect((await second.ready).signIns).toEqual([{ ...administrator, password: null }]);
		second.signal('SIGTERM');
		await second.ended;
	});
});

describe('npm start says what is wrong and what to do', { timeout: upLimit }, () => {
	test('a port is taken', async () => {
		const server = createServer().listen(0, '127.0.0.1');
		await vi.waitFor(() => expect(server.listening).toBe(true));
		const port = String((server.address() as AddressInfo).port);
		const { code, stderr, problem } = await runStarter(dataDir, { env: { PORT: port } }).ended;
		expect(code).toBe(1);
		expect(problem).toContain(`Port ${port} (PORT) is taken`);
		expect(stderr).toContain('PORT=0 npm start');
		expect(stderr).not.toMatch(/^\s+at /m);
		server.close();
	});

	test('another start uses the same data', async () => {
		const first = runStarter(dataDir);
		await first.ready;
		const { code, problem } = await runStarter(dataDir).ended;
		expect(code).toBe(1);
		expect(problem).toContain(`Another start (process ${first.pid})`);
		first.signal('SIGTERM');
		await first.ended;
	});

	test.each([
		[{ PORT: '70000' }, 'PORT is “70000”'],
		[{ WORKERS: 'many' }, 'WORKERS is “many”'],
		[{ HOST: 'no-such-host.invalid' }, 'is not known here'],
		[{ HOST: '192.0.2.1' }, 'is not an address of this machine'],
		[{ MONGODB_URL: 'http://elsewhere' }, 'MONGODB_URL does not begin'],
		[{ MONGOD_BIN: '/bin/false' }, 'does not run as mongod'],
		[{ MEDIASOUP_WORKER_BIN: '/bin/true' }, 'does not run as a mediasoup worker'],
	])('%o', async (env, said) => {
		const { code, stderr, problem } = await runStarter(dataDir, { env }).ended;
		expect(code).toBe(1);
		expect(problem).toContain(said);
		expect(JSON.parse(problem)).toHaveProperty('remedy');
		expect(stderr).not.toMatch(/^\s+at /m);
		await nothingLeft();
	});
});

test('X-1 npm start -- --hubs 2: two hubs behind one address, WebSockets too; a dead one is left out and comes back', async () => {
	const starter = runStarter(dataDir, { args: ['--hubs', '2'] });
	const { url, signIns } = await starter.ready;
	const hubs = () => processesOf(dataDir).filter(({ command }) => command.includes('hub-server/src/main.ts'));
	expect(hubs()).toHaveLength(2);
	const named = new Set<string>();
	for (let i = 0; i < 4; i++) {
		const [cookie = ''] = (await fetch(`${url}/healthz`)).headers.getSetCookie();
		named.add(cookie.split(';')[0] ?? '');
	}
	expect(named).toEqual(new Set(['hub=0', 'hub=1']));
	const clerk = signIns.find(({ role }) => role === 'clerk');
	const client = new TestClient(url);
	await client.signIn(clerk?.name ?? '', clerk?.password ?? '');
	const socket = await client.socket();
	expect(socket.connected).toBe(true);
	socket.close();
	process.kill(hubs()[0]!.pid, 'SIGKILL');
	await vi.waitFor(() => isUp(url), patience);
	await vi.waitFor(() => expect(hubs()).toHaveLength(2), patience);
	starter.signal('SIGTERM');
	expect((await starter.ended).code).toBe(0);
	await nothingLeft();
}, 300_000);
