import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ERROR_CATALOGUE } from '@counter-hub/shared/errors/errorCatalogue.ts';
import { problem } from '@counter-hub/shared/errors/problem.ts';
import { mediaRequests } from '@counter-hub/shared/media/mediaProtocol.ts';
import { ackOf } from '@counter-hub/shared/realtime/ack.ts';
import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import { TestPeer } from '../media/TestPeer.ts';
import { TestGrants } from '../platform/newMediaNode.ts';
import { Processes } from '../platform/processes.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { HANGZHOU, openCase, SONGJIANG } from '../sessions/newCounters.ts';
import { allEvents } from './expectNothingLost.ts';
import { junk, sampleOf, spoiled, type JsonSchema, type Schemas } from './garbage.ts';
import { SEED } from './random.ts';

const CODES = new Set<string>(Object.values(ERROR_CATALOGUE).map(({ code }) => code));
const INTERNAL = ERROR_CATALOGUE.internal.code;

let processes: Processes;
let people: TestClient[];
let pids: (number | undefined)[];
let caseId: string;
/** Ids of commands in requests that were accepted. */
const accepted = new Set<string>();
let acceptedWrites = 0;

const grants = new TestGrants();
beforeAll(async () => {
	processes = await Processes.start({ hubEnv: { LOG_LEVEL: 'trace' } });
	const clerk = await processes.signIn('clerk', SONGJIANG);
	people = [
		clerk,
		await processes.signIn('approver', HANGZHOU),
		await processes.signIn('supervisor', HANGZHOU),
		await processes.signIn('administrator', HANGZHOU),
		processes.client(),
	];
	caseId = await openCase(clerk);
	for (const { commandId } of await allEvents(processes.registry)) accepted.add(commandId);
	pids = [processes.hub.pid, processes.node?.pid];
}, 120_000);
afterAll(async () => {
	await processes.close();
});

const document = z.object({
	paths: z.record(
		z.string(),
		z.record(
			z.string(),
			z.object({
				operationId: z.string(),
				parameters: z
					.array(z.object({ name: z.string(), in: z.string(), schema: z.custom<JsonSchema>() }))
					.default([]),
				requestBody: z
					.object({ content: z.object({ 'application/json': z.object({ schema: z.custom<JsonSchema>() }) }) })
					.optional(),
			}),
		),
	),
	components: z.object({ schemas: z.custom<Schemas>() }),
});

test('H-2 garbage for every operation of the REST interface is answered with a code, or is harmless', async () => {
	const { body } = await processes.client().send('GET', `${processes.hub.ready.url}/openapi.json`);
	const { paths, components } = document.parse(body);
	const operations = Object.entries(paths).flatMap(([path, methods]) =>
		Object.entries(methods)
			// It would end the sign-in of everybody here.
			.filter(([, { operationId }]) => operationId !== 'signOut')
			.map(([method, operation]) => ({ path, method, ...operation })),
	);
	expect(operations.length).toBeGreaterThan(20);
	const requests = operations.map(({ path, method, parameters, requestBody }) => {
		const sample = (where: string) =>
			Object.fromEntries(
				parameters
					.filter((parameter) => parameter.in === where)
					.map(({ name, schema }) => [name, sampleOf(schema, components.schemas, name)]),
			);
		const { schema } = requestBody?.content['application/json'] ?? {};
		return fc.record({
			method: fc.constant(method.toUpperCase()),
			path: fc.constant(path),
			params: spoiled(sample('path')),
			query: spoiled(sample('query')),
			body: schema ? spoiled(sampleOf(schema, components.schemas)) : fc.constant(undefined),
			who: fc.constantFrom(...people.keys()),
		});
	});
	await fc.assert(
		fc.asyncProperty(fc.tuple(...requests), async (batch) => {
			for (const request of batch) await sendOne(request);
		}),
		{ numRuns: 40, seed: SEED, endOnFailure: true },
	);
	await expectUnharmed();
}, 240_000);

interface Request {
	method: string;
	path: string;
	params: unknown;
	query: unknown;
	body: unknown;
	who: number;
}

async function sendOne({ method, path, params, query, body, who }: Request): Promise<void> {
	const client = people[who] ?? processes.client();
	const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
		const value = own(params, name);
		return encodeURIComponent(name === 'caseId' && who % 2 === 0 ? caseId : textOf(value).slice(0, 2000));
	});
	const search = Object.entries(typeof query === 'object' && query !== null ? query : {})
		.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(textOf(value).slice(0, 2000))}`)
		.join('&');
	const url = `${processes.hub.ready.url}${filled}${search && `?${search}`}`;
	const answer = await client.send(method, url, body === undefined ? undefined : JSON.stringify(body));
	const what = `${method} ${url} ${JSON.stringify({ body }).slice(0, 300)}`;
	expect(answer.status, what).toBeLessThan(500);
	if (answer.status >= 400) {
		expect(CODES, what).toContain(problem.parse(answer.body).code);
		return;
	}
	if (method !== 'GET') acceptedWrites++;
	const commandId = own(body, 'commandId');
	if (typeof commandId === 'string') accepted.add(commandId.toLowerCase());
}

const own = (value: unknown, key: string): unknown =>
	typeof value === 'object' && value !== null
		? Object.getOwnPropertyDescriptor(value, key)?.value
		: undefined;

/** As it stands in an address; half characters cannot. */
const textOf = (value: unknown): string =>
	(typeof value === 'string' ? value : JSON.stringify({ value })).toWellFormed();

test('H-2 bodies, headers and addresses that are no such thing are answered with a code', async () => {
	const [clerk] = people as [TestClient];
	const { url } = processes.hub.ready;
	const post = (body: string, headers: Record<string, string> = {}) =>
		clerk.refused('POST', '/cases', body, headers);
	expect(await post('{"commandId":')).toMatchObject({ status: 400, code: 'REQ-1002' });
	expect(await post(`{"a":"${'x'.repeat(300_000)}"}`)).toMatchObject({ status: 413, code: 'REQ-1003' });
	expect(await post('['.repeat(100_000))).toMatchObject({ code: 'REQ-1002' });
	expect(await post('{}', { 'content-encoding': 'gzip' })).toMatchObject({ code: 'REQ-1001' });
	expect(await post('{}', { 'content-type': 'text/plain' })).toMatchObject({ code: 'REQ-1001' });
	expect(await post('{}', { origin: 'https://evil.example' })).toMatchObject({ code: 'REQ-1010' });
	const bomb = await fetch(`${url}/api/v1/cases`, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${clerk.token}`,
			'content-type': 'application/json',
			'content-encoding': 'gzip',
		},
		body: gzipSync('['.repeat(50_000_000)),
	});
	expect(bomb.status).toBe(413);

	for (const path of [
		'/..%2f..%2f..%2f..%2fetc/passwd',
		'/%2e%2e/%2e%2e/%2e%2e/package.json',
		'/_app/..%5c..%5cpackage.json',
		'/..%2fpackage.json.br',
		'//evil.example/%2f..',
		'/\\evil.example',
		'/%00',
		'/%E0%A4%A',
		'/.env',
	]) {
		const answer = await raw(
			`GET ${path} HTTP/1.1\r\nHost: x; script-src 'unsafe-inline'\r\nConnection: close\r\n\r\n`,
		);
		expect(answer, path).not.toMatch(/root:|"workspaces"|^location:/im);
		expect(answer, path).not.toMatch(/script-src 'unsafe-inline'/);
	}
	for (const bytes of [
		'GARBAGE\r\n\r\n',
		`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`,
		'POST /api/v1/cases HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n',
		'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n',
	]) {
		expect(await raw(bytes)).toMatch(/^(HTTP\/1\.1 4\d\d|$)/);
	}
	await expectUnharmed();
}, 120_000);

/** Sends bytes as they are to the hub; returns what came back until the connection closed. */
function raw(bytes: string): Promise<string> {
	const { hostname, port } = new URL(processes.hub.ready.url);
	return new Promise((settle) => {
		let text = '';
		const socket = connect(Number(port), hostname, () => socket.end(bytes));
		socket.on('data', (chunk) => (text += chunk.toString('latin1')));
		socket.on('error', () => undefined);
		socket.on('close', () => {
			settle(text);
		});
	});
}

test('H-2 H-3 garbage for every event of the hub’s sockets is answered with a code, or is harmless', async () => {
	const [clerk, approver, supervisor] = people as [TestClient, TestClient, TestClient];
	const samples: Record<string, unknown> = Object.fromEntries(
		Object.entries(hubRequests).map(([event, { payload }]) => [
			event,
			{
				...(sampleOf(
					z.toJSONSchema(payload, { io: 'input', unrepresentable: 'any' }) as JsonSchema,
					{},
				) as object),
				...('caseId' in payload.shape && { caseId }),
			},
		]),
	);
	const events = [...Object.keys(samples), 'constructor', '__proto__', 'no:such:event'];
	for (const client of [clerk, approver, supervisor]) {
		const socket: Socket = await client.socket();
		let asked = 0;
		const payloads = events.map((event) =>
			fc.record({ event: fc.constant(event), payload: event in samples ? spoiled(samples[event]) : junk }),
		);
		await fc.assert(
			fc.asyncProperty(fc.tuple(...payloads), async (batch) => {
				for (const { event, payload } of batch) {
					// Beyond the limit everything is refused alike.
					if (++asked > 290) return;
					const answer: unknown = await socket.timeout(10_000).emitWithAck(event, payload);
					const ack = ackOf(z.unknown()).parse(answer);
					if (ack.ok) {
						const commandId = own(payload, 'commandId');
						if (typeof commandId === 'string') accepted.add(commandId.toLowerCase());
					} else {
						expect(CODES).toContain(ack.error.code);
						expect(ack.error.code, `${event} ${JSON.stringify(payload)}`).not.toBe(INTERNAL);
					}
				}
			}),
			{ numRuns: 20, seed: SEED, endOnFailure: true },
		);
		socket.emit('case:watch', { caseId, head: 0 });
		socket.emit('case:watch');
		socket.emit('session:request', Buffer.alloc(1000), Buffer.alloc(1000), 1, 2, 3);
		socket.close();
	}
	await expectUnharmed();
}, 240_000);

test('H-2 frames that no client would send, numbers as names and floods leave the hub as it was', async () => {
	const [clerk] = people as [TestClient];
	const { url } = processes.hub.ready;
	const socket: Socket = await clerk.socket();
	const numbered: unknown = await socket.timeout(10_000).emitWithAck(42 as unknown as string, {});
	expect(numbered).toMatchObject({ ok: false, error: { code: 'REQ-1006' } });
	const flood = await Promise.all(
		Array.from({ length: 400 }, () => socket.timeout(10_000).emitWithAck('session:mine', { more: 1 })),
	);
	expect(JSON.stringify(flood.at(-1))).toContain('REQ-1005');
	const cut = new Promise((settle) => socket.once('disconnect', settle));
	socket.emit('case:watch', { caseId: 'x'.repeat(300_000) });
	await cut;

	const stranger = io(url, { transports: ['websocket'], forceNew: true, reconnection: false });
	const refusal = await new Promise<Error>((settle) => stranger.once('connect_error', settle));
	expect(refusal.message).toBe('unknownNamespace');
	stranger.close();

	const hello = `40/hub,${JSON.stringify({ token: clerk.token, pageId: randomUUID(), windowId: null })}`;
	for (const frames of [
		['4', '40', '9', '', '2probe', '5'],
		[hello, '42/hub,', '42/hub,["case:watch"', '42/hub,{}', '42/hub,[]', '42/hub,[null]'],
		[hello, '451-/hub,["case:watch",{"_placeholder":true,"num":0}]', new Uint8Array(1000)],
		[hello, '45999999999-/hub,["x",{"_placeholder":true,"num":-1}]', new Uint8Array(10)],
		[hello, `42/hub,0["case:watch",${'['.repeat(100_000)}${']'.repeat(100_000)}]`],
		[hello, `451-/hub,0["case:watch",${'['.repeat(50_000)}${']'.repeat(50_000)}]`, new Uint8Array(1)],
		['40/nodes,{"credential":"guessed-credential-guessed-credential"}', '42/nodes,["node:fact",{}]'],
		[new Uint8Array(200_000)],
	]) {
		await sendFrames(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, frames);
	}
	await expectUnharmed();
}, 120_000);

test('M-14 garbage on the sockets of the media node is answered with a code, and node and worker live on', async () => {
	const { signalUrl } = processes.node?.ready ?? { signalUrl: '' };
	await expect(TestPeer.join(signalUrl, { token: grants.sign() })).rejects.toMatchObject({
		code: 'MEDIA-6001',
	});
	const [clerk, approver] = people as [TestClient, TestClient];
	const page: Socket = await clerk.socket();
	const other = await openCase(approver).catch(() => openCase(clerk));
	const asked = { commandId: randomUUID(), caseId: other, purpose: 'review', note: '', callsBack: null };
	const request: unknown = await page.timeout(10_000).emitWithAck('session:request', asked);
	for (const { commandId } of await allEvents(processes.registry)) accepted.add(commandId);
	const { admission } = z
		.object({ data: z.object({ admission: z.object({ token: z.string() }) }) })
		.parse(request).data;
	const peer = await TestPeer.join(signalUrl, admission);
	const events = Object.keys(mediaRequests).filter((event) => event !== 'leave');
	await fc.assert(
		fc.asyncProperty(fc.constantFrom(...events, '__proto__', 'x'), junk, async (event, payload) => {
			const ack = await peer.askRaw(event, payload);
			if (!ack.ok) expect([...CODES].filter((code) => code !== INTERNAL)).toContain(ack.error.code);
		}),
		{ numRuns: 100, seed: SEED, endOnFailure: true },
	);
	await peer.ready();
	await peer.produce('camera');
	const ws = `${signalUrl.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
	const hello = `40/media,${JSON.stringify({ token: admission.token, pageId: randomUUID() })}`;
	await sendFrames(ws, [
		hello,
		'42/media,',
		'42/media,[5]',
		'451-/media,["produce",{"_placeholder":true,"num":0}]',
	]);
	await sendFrames(ws, [hello, `42/media,0["produce",${'['.repeat(50_000)}${']'.repeat(50_000)}]`]);
	await sendFrames(ws, ['x'.repeat(200_000)]);
	peer.close();
	page.close();
	await expectUnharmed();
}, 120_000);

/** Sends frames over a bare WebSocket, then closes it, unless the server does so before. */
async function sendFrames(url: string, frames: (string | Uint8Array<ArrayBuffer>)[]): Promise<void> {
	const socket = new WebSocket(url);
	const closed = once(socket, 'close');
	const [greeting] = (await once(socket, 'message')) as [MessageEvent<string>];
	expect(greeting.data).toMatch(/^0\{/);
	for (const frame of frames) if (socket.readyState === WebSocket.OPEN) socket.send(frame);
	// Enough for the server to read them: it answers, or cuts the connection.
	await Promise.race([closed, sleep(300)]);
	socket.close();
	await closed;
}

/** The same processes answer, nothing was called unknown, and nothing was appended but what was accepted. */
async function expectUnharmed(): Promise<void> {
	expect([processes.hub.pid, processes.node?.pid]).toEqual(pids);
	expect((await fetch(`${processes.hub.ready.url}/readyz`)).status).toBe(200);
	expect((await fetch(`${processes.node?.ready.signalUrl ?? ''}/healthz`)).status).toBe(200);
	const log = [...processes.hub.log, ...(processes.node?.log ?? [])];
	expect(log.filter((line) => /"level":(50|60)/.test(line)).slice(0, 3)).toEqual([]);
	const events = await allEvents(processes.registry);
	const onCases = events.filter(
		({ subject, actor }) => subject.startsWith('case:') && actor.kind === 'staff',
	);
	const uninvited = onCases.filter(({ commandId }) => !accepted.has(commandId.replace(/\+\d+$/, '')));
	expect(uninvited).toEqual([]);
	expect(events.filter(({ subject }) => !subject.startsWith('case:')).length).toBeLessThanOrEqual(
		acceptedWrites,
	);
	expect(Object.getPrototypeOf({})).not.toHaveProperty('isAdmin');
	const secrets = /310117190001010012|13800000000|何清|eyJ[\w-]+\.|counter-hub-test|\$argon2id/;
	expect(log.filter((line) => secrets.test(line)).slice(0, 3)).toEqual([]);
}
