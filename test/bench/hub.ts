/**
 * `hub`: resident memory per idle signed-in socket, broadcasts a second to 2,000 sockets, and the time for all to be
 * signed in again after the hub was killed and restarted, against bare Socket.IO with signed tokens. Clients are one
 * program for both, in a process of its own. A broadcast of the hub is an event that it puts into words and tells to
 * all who watch the case; `notes` says how many a second come through from the REST interface over the database to
 * all pages. Both servers keep compiled code in a folder, as the starter makes the hub do.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import jwt from 'jsonwebtoken';
import { TestClient } from '../platform/TestClient.ts';
import { median, print, progress, rounded, spread } from './lib.ts';
import { Crowd } from './load/Crowd.ts';
import { cpuSeconds, residentBytes, type Running } from './support/processes.ts';
import { plantPeople } from './support/plantPeople.ts';
import { bareHub, productEnv, startDatabase, startHubHost } from './support/servers.ts';

const SOCKETS = 2000;
/** Colleagues of two counters; each has the page open in ten tabs. */
const PEOPLE = 200;
const MEMORY_ROUNDS = 3;
const BURST = 48;
const BURST_ROUNDS = 5;
const NOTE_ROUNDS = 3;
const COMEBACK_ROUNDS = 3;
const EVENT = 'timeline:events';
const WRITERS = 4;

/** Collects garbage on SIGUSR2, so that what is measured is held and not merely not yet given back. */
const COLLECT = [
	'--expose-gc',
	'--import',
	'data:text/javascript,process.on("SIGUSR2",()=>gc({type:"major",execution:"sync",flavor:"last-resort"}))',
];

interface Side {
	start: (port?: number) => Promise<Running>;
	handshakes: object[];
	/** What a page says when it is in. */
	firstMessages: string[];
	memory: number[];
	broadcasts: number[];
	/** CPU milliseconds of the server per broadcast. */
	cpu: number[];
	comebacks: number[];
	startups: number[];
}

const database = await startDatabase();
const { hub: env } = productEnv(database.url);
progress(`planting ${PEOPLE} people with ${SOCKETS} sign-ins`);
const { tokens, caseIds } = await plantPeople(env, PEOPLE, SOCKETS, WRITERS);
const compiled = await mkdtemp(join(tmpdir(), 'bench-compiled-'));
const common = { NODE_ENV: 'production', NODE_COMPILE_CACHE: compiled };
const secret = randomBytes(32).toString('base64');

const none = () => ({ memory: [], broadcasts: [], cpu: [], comebacks: [], startups: [] });
const sides: Record<'bare' | 'product', Side> = {
	bare: {
		start: (port = 0) => bareHub({ ...common, HUB_SECRET: secret, PORT: String(port) }, COLLECT),
		handshakes: tokens.map((_, index) => ({ token: jwt.sign({ sub: String(index) }, secret) })),
		firstMessages: [],
		...none(),
	},
	product: {
		start: (port = 0) => startHubHost({ ...env, ...common, PORT: String(port) }, COLLECT),
		handshakes: tokens.map((token) => ({ token, pageId: randomUUID(), windowId: null })),
		firstMessages: caseIds.map((caseId) => JSON.stringify(['case:watch', { caseId, head: 0 }])),
		...none(),
	},
};
const names = ['bare', 'product'] as const;

for (let round = 1; round <= MEMORY_ROUNDS; round++)
	for (const name of names) await measureMemory(name, round);
const running = { bare: await gather('bare'), product: await gather('product') };
for (let round = 0; round <= BURST_ROUNDS; round++) {
	// The first one warms both up.
	for (const name of names) await measureBroadcast(name, round > 0);
}
const notes: number[] = [];
for (let round = 1; round <= NOTE_ROUNDS; round++) notes.push(await rateOf('product', writeNotes));
for (let round = 1; round <= COMEBACK_ROUNDS; round++) for (const name of names) await measureComeback(name);

async function gather(name: (typeof names)[number]): Promise<{ server: Running; crowd: Crowd }> {
	const { start, handshakes, firstMessages } = sides[name];
	const server = await start();
	const crowd = new Crowd();
	await crowd.ask('connect', { url: String(server.ready.url), namespace: '/hub', handshakes, firstMessages });
	return { server, crowd };
}

async function settledMemory(pid: number): Promise<number> {
	for (let times = 0; times < 4; times++) {
		await sleep(1000);
		process.kill(pid, 'SIGUSR2');
	}
	await sleep(500);
	return residentBytes(pid);
}

async function measureMemory(name: (typeof names)[number], round: number): Promise<void> {
	const { start, handshakes, memory } = sides[name];
	const server = await start();
	const url = String(server.ready.url);
	const crowd = new Crowd();
	const half = handshakes.length / 2;
	const all = { url, namespace: '/hub', firstMessages: [] };
	// The second half of the crowd: what the first ones make a server load and open is not the price of each.
	await crowd.ask('connect', { ...all, handshakes: handshakes.slice(0, half) });
	const before = await settledMemory(server.pid);
	await crowd.ask('connect', { ...all, handshakes: handshakes.slice(half) });
	const after = await settledMemory(server.pid);
	memory.push((after - before) / half);
	crowd.close();
	await server.stop('SIGKILL');
	progress(
		`memory ${round} of ${MEMORY_ROUNDS}, ${name}: ${Math.round(memory.at(-1) ?? 0)} bytes per socket`,
	);
}

async function measureBroadcast(name: (typeof names)[number], counts: boolean): Promise<void> {
	const { server } = running[name];
	const { broadcasts, cpu } = sides[name];
	const used = cpuSeconds([server.pid]);
	const rate = await rateOf(name, () => server.tell(`burst ${BURST} ${caseIds[0] ?? ''}`));
	if (!counts) return;
	broadcasts.push(rate);
	cpu.push(((cpuSeconds([server.pid]) - used) / BURST) * 1000);
	progress(`broadcasts, ${name}: ${rate.toFixed(1)} a second`);
}

/** Clerks write notes as fast as the hub takes them. */
async function writeNotes(): Promise<void> {
	const client = new TestClient(String(running.product.server.ready.url));
	client.token = tokens[0] ?? '';
	// One case a writer: what is appended to one case at the same time would go out as one notice.
	const write = async (caseId: string) => {
		for (let sent = 0; sent < BURST / WRITERS; sent++) {
			await client.post(`/cases/${caseId}/notes`, { commandId: randomUUID(), text: '请协助核对协议第三条' });
		}
	};
	await Promise.all(caseIds.map(write));
}

/** How many of `BURST` broadcasts a second reach every socket. */
async function rateOf(name: (typeof names)[number], send: () => void | Promise<void>): Promise<number> {
	const received = running[name].crowd.ask('expect', { event: EVENT, messages: BURST });
	const from = performance.timeOrigin + performance.now();
	await send();
	const { at } = await received;
	return BURST / ((at - from) / 1000);
}

async function measureComeback(name: (typeof names)[number]): Promise<void> {
	const { crowd, server } = running[name];
	const { start, comebacks, startups } = sides[name];
	const port = Number(new URL(String(server.ready.url)).port);
	const from = performance.timeOrigin + performance.now();
	await server.stop('SIGKILL');
	running[name].server = await start(port);
	startups.push((performance.timeOrigin + performance.now() - from) / 1000);
	const { at } = await crowd.ask('comeBack', {});
	comebacks.push((at - from) / 1000);
	progress(`comeback, ${name}: ${(comebacks.at(-1) ?? 0).toFixed(2)} s`);
	await sleep(3000);
}

const { bare, product } = sides;
print({
	bench: 'hub',
	ratios: {
		memory: rounded(median(product.memory) / median(bare.memory)),
		broadcast: rounded(median(product.broadcasts) / median(bare.broadcasts)),
		comeback: rounded(median(product.comebacks) / median(bare.comebacks)),
	},
	aims: { memory: '≤ 1.35', broadcast: '≥ 0.95', comeback: '≤ 1.5' },
	samples: {
		notes,
		...Object.fromEntries(
			names.map((name) => {
				const { memory, broadcasts, cpu, comebacks, startups } = sides[name];
				return [name, { memory, broadcasts, cpuMsPerBroadcast: cpu, comebacks, startups }];
			}),
		),
	},
	tables: [
		{
			title: `${SOCKETS} sockets of ${PEOPLE} people; median [lowest … highest]; notes/s to all: ${spread(notes, 1)}`,
			columns: ['', 'KiB per socket', 'broadcasts/s', 'CPU ms each', 'back after s', 'server up after s'],
			rows: names.map((name) => {
				const { memory, broadcasts, cpu, comebacks, startups } = sides[name];
				const kib = memory.map((bytes) => bytes / 1024);
				return [
					name,
					spread(kib, 1),
					spread(broadcasts, 1),
					spread(cpu, 1),
					spread(comebacks, 2),
					spread(startups, 2),
				];
			}),
		},
	],
});

for (const { server, crowd } of Object.values(running)) {
	crowd.close();
	await server.stop('SIGKILL');
}
await database.stop();
await rm(compiled, { recursive: true, force: true });
process.exit(0);
