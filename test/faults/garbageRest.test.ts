import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { problem } from '@counter-hub/shared/errors/problem.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { CODES, own, sampleOf, spoiled, type JsonSchema, type Schemas } from './garbage.ts';
import { GarbageTarget } from './GarbageTarget.ts';
import { SEED } from './random.ts';

let target: GarbageTarget;
beforeAll(async () => {
	target = await GarbageTarget.start();
}, 120_000);
afterAll(() => target.close());

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
				/** By content type; JSON bodies have a shape, bytes have none. */
				requestBody: z
					.object({ content: z.record(z.string(), z.object({ schema: z.custom<JsonSchema>().optional() })) })
					.optional(),
			}),
		),
	),
	components: z.object({ schemas: z.custom<Schemas>() }),
});

test('H-2 garbage for every operation of the REST interface is answered with a code, or is harmless', async () => {
	const { body } = await target.processes
		.client()
		.send('GET', `${target.processes.hub.ready.url}/openapi.json`);
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
			headers: spoiled(sample('header')),
			body: schema ? spoiled(sampleOf(schema, components.schemas)) : fc.constant(undefined),
			who: fc.constantFrom(...target.people.keys()),
		});
	});
	await fc.assert(
		fc.asyncProperty(fc.tuple(...requests), async (batch) => {
			for (const request of batch) await sendOne(request);
		}),
		{ numRuns: 15, seed: SEED, endOnFailure: true },
	);
	await target.expectUnharmed();
}, 240_000);

interface Request {
	method: string;
	path: string;
	params: unknown;
	query: unknown;
	headers: unknown;
	body: unknown;
	who: number;
}

async function sendOne({ method, path, params, query, headers, body, who }: Request): Promise<void> {
	const client = target.people[who] ?? target.processes.client();
	const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
		const value = own(params, name);
		return encodeURIComponent(
			name === 'caseId' && who % 2 === 0 ? target.caseId : textOf(value).slice(0, 2000),
		);
	});
	const search = entriesOf(query)
		.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(textOf(value).slice(0, 2000))}`)
		.join('&');
	const url = `${target.processes.hub.ready.url}${filled}${search && `?${search}`}`;
	const sent = Object.fromEntries(
		entriesOf(headers)
			.filter(([name]) => TOKEN.test(name))
			.map(([name, value]) => [name, textOf(value).replaceAll(UNSENDABLE, '?').slice(0, 2000)]),
	);
	const answer = await client.send(method, url, body === undefined ? undefined : JSON.stringify(body), sent);
	const what = `${method} ${url} ${JSON.stringify({ headers: sent, body }).slice(0, 300)}`;
	expect(answer.status, what).toBeLessThan(500);
	if (answer.status >= 400) {
		// HTTP gives no body to HEAD, not even of a problem.
		if (method === 'HEAD') return;
		expect(CODES, what).toContain(problem.parse(answer.body).code);
		return;
	}
	if (method !== 'GET' && method !== 'HEAD') target.acceptedWrites++;
	const commandId = own(body, 'commandId');
	if (typeof commandId === 'string') target.accepted.add(commandId.toLowerCase());
}

/** What a client lets through as the name and in the value of a header. */
const TOKEN = /^[\w-]+$/;
const UNSENDABLE = /[^\x20-\x7e]/g;

const entriesOf = (value: unknown): [name: string, value: unknown][] =>
	Object.entries(typeof value === 'object' && value !== null ? value : {});

/** As it stands in an address; half characters cannot. */
const textOf = (value: unknown): string =>
	(typeof value === 'string' ? value : JSON.stringify({ value })).toWellFormed();

test('H-2 bodies, headers and addresses that are no such thing are answered with a code', async () => {
	const [clerk] = target.people as [TestClient];
	const { url } = target.processes.hub.ready;
	const post = (body: string, headers: Record<string, string> = {}) =>
		clerk.refused('POST', '/cases', body, headers);
	expect(await post('{"commandId":')).toMatchObject({ status: 400, code: 'REQ-1002' });
	expect(await post(`{"a":"${'x'.repeat(300_000)}"}`)).toMatchObject({ status: 413, code: 'REQ-1003' });
	expect(await post('['.repeat(100_000))).toMatchObject({ code: 'REQ-1002' });
	expect(await post('{}', { 'content-encoding': 'gzip' })).toMatchObject({ code: 'REQ-1001' });
	expect(await post('{}', { 'content-type': 'text/plain' })).toMatchObject({ code: 'REQ-1011' });
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
	await target.expectUnharmed();
}, 120_000);

/** Sends bytes as they are to the hub; returns what came back until the connection closed. */
function raw(bytes: string): Promise<string> {
	const { hostname, port } = new URL(target.processes.hub.ready.url);
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
