import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Schema } from 'mongoose';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { problem, type Problem } from '@counter-hub/shared/errors/problem.ts';
import type { HubContext } from '@counter-hub/hub-server/HubContext.ts';
import { JSON_BODY_MAX_BYTES } from '@counter-hub/hub-server/limits.ts';
import { open } from '@counter-hub/hub-server/platform/http/route.ts';
import { newPlatform } from './newPlatform.ts';

interface Thing {
	name: string;
}

/** One resource with every way to fail. */
function things(hub: HubContext): void {
	const model = hub.connection.model<Thing>(
		'Thing',
		new Schema<Thing>({ name: { type: String, unique: true } }),
	);
	hub.api.route({
		method: 'get',
		path: '/things/{name}',
		operationId: 'getThing',
		summary: 'One thing',
		tag: 'things',
		guard: open,
		params: z.object({ name: z.string() }),
		response: z.object({ name: z.string() }),
		handler: async ({ params }) => {
			if (params.name === 'bug') throw new Error('the secret of the bug');
			if (params.name === 'hidden') throw new AppError('internal', { detail: 'a secret', expose: false });
			const found = await model.findOne({ name: params.name }).lean();
			if (!found) throw new AppError('notFound', { detail: `no thing ${params.name}` });
			return { ...found, more: 'never shown' };
		},
	});
	hub.api.route({
		method: 'post',
		path: '/things/search',
		operationId: 'searchThings',
		summary: 'Things by name',
		tag: 'things',
		guard: open,
		body: z.object({ name: z.unknown() }),
		response: z.object({ count: z.int() }),
		handler: async ({ body }) => ({ count: (await model.find(body as { name: string })).length }),
	});
	hub.api.route({
		method: 'post',
		path: '/things',
		operationId: 'addThing',
		summary: 'A new thing',
		tag: 'things',
		guard: open,
		body: z.strictObject({ name: z.string().max(10) }),
		status: 201,
		response: z.object({ name: z.string() }),
		handler: async ({ body }) => model.create(body),
	});
}

async function ask(
	url: string,
	init: RequestInit = {},
): Promise<{ status: number; headers: Headers; problem: Problem }> {
	const response = await fetch(url, init);
	expect(response.headers.get('content-type')).toMatch('application/problem+json');
	return {
		status: response.status,
		headers: response.headers,
		problem: problem.parse(await response.json()),
	};
}
const post = (body: string, more: Record<string, string> = {}): RequestInit => ({
	method: 'POST',
	body,
	headers: { 'content-type': 'application/json', ...more },
});

test('every failure is a problem document with its code', async () => {
	const { url } = await newPlatform(things);
	const api = `${url}/api/v1`;
	const code = async (path: string, init?: RequestInit) => {
		const { status, problem: document } = await ask(`${api}${path}`, init);
		expect(document.status).toBe(status);
		return `${status} ${document.code}`;
	};
	expect(await code('/nix')).toBe('404 REQ-1004');
	expect(await code('/things/nix')).toBe('404 REQ-1004');
	expect(await code('/things', { method: 'DELETE' })).toBe('405 REQ-1007');
	expect(await code('/things', post('{"name"'))).toBe('400 REQ-1002');
	expect(await code('/things', post('null'))).toBe('400 REQ-1002');
	expect(await code('/things', post('{"name":1}'))).toBe('422 REQ-1001');
	expect(await code('/things', post('{"name":"a","more":1}'))).toBe('422 REQ-1001');
	expect(await code('/things', { method: 'POST' })).toBe('422 REQ-1001');
	expect(await code('/things', post(`{"name":"${'a'.repeat(JSON_BODY_MAX_BYTES)}"}`))).toBe('413 REQ-1003');
	expect(await code('/things/%E0%A4%A')).toBe('422 REQ-1001');
	expect(await code('/things/bug')).toBe('500 SYS-9999');
	expect(await code('/things', post('{"name":"a"}', { origin: 'https://elsewhere.example' }))).toBe(
		'403 REQ-1010',
	);
});

test('what a client may not know stays in the log', async () => {
	const { url } = await newPlatform(things);
	for (const name of ['bug', 'hidden']) {
		const { problem: document } = await ask(`${url}/api/v1/things/${name}`);
		expect(JSON.stringify(document)).not.toContain('secret');
		expect(document.instance).toMatch(/^urn:uuid:/);
	}
});

test('an answer is what its schema says and nothing more', async () => {
	const { url } = await newPlatform(things);
	const added = await fetch(`${url}/api/v1/things`, post('{"name":"lamp"}'));
	expect([added.status, await added.json()]).toEqual([201, { name: 'lamp' }]);
	const found = await fetch(`${url}/api/v1/things/lamp`);
	expect(await found.json()).toEqual({ name: 'lamp' });
	expect(found.headers.get('cache-control')).toBe('no-store');
});

test('query operators where a string is expected do not reach the database', async () => {
	const { url } = await newPlatform(things);
	await fetch(`${url}/api/v1/things`, post('{"name":"lamp"}'));
	for (const operator of [{ $ne: '' }, { $gt: '' }, { $regex: '.*' }, { $where: 'true' }]) {
		const response = await fetch(`${url}/api/v1/things/search`, post(JSON.stringify({ name: operator })));
		const text = await response.text();
		expect(text).not.toContain('"count":1');
	}
});

test('health, readiness and figures are told; readiness names what is missing', async () => {
	let isUp = true;
	const { url } = await newPlatform((hub) => hub.checks.push({ title: 'part', isReady: () => isUp }));
	expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ ok: true });
	expect((await fetch(`${url}/readyz`)).status).toBe(200);
	isUp = false;
	const ready = await fetch(`${url}/readyz`);
	expect([ready.status, await ready.json()]).toMatchObject([
		503,
		{ ready: false, parts: { part: false, mongodb: true } },
	]);
	expect(await (await fetch(`${url}/metrics`)).text()).toContain('process_cpu_user_seconds_total');
});

/** A built page with an inline script, as SvelteKit writes it. */
function newWebRoot(): string {
	const folder = mkdtempSync(join(tmpdir(), 'web-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const meta = `<meta http-equiv="content-security-policy" content="default-src 'self'; script-src 'self'">`;
	writeFileSync(
		join(folder, '200.html'),
		`<html><head>${meta}</head><body><script>start()</script></body></html>`,
	);
	writeFileSync(join(folder, 'app.js'), 'plain');
	writeFileSync(join(folder, 'app.js.gz'), gzipSync('packed'));
	return folder;
}

test('the page is served for every address with one policy: its scripts, its sockets, the media nodes', async () => {
	const node = 'https://media.example:4443';
	const { url } = await newPlatform((hub) => hub.connectOrigins.push(() => [node]), {
		WEB_ROOT: newWebRoot(),
	});
	const page = await fetch(`${url}/cases/123`, { headers: { accept: 'text/html' } });
	const rules = `<meta name="connect-origins" content="${node}" />`;
	expect(await page.text()).toBe(`<html><head>${rules}</head><body><script>start()</script></body></html>`);
	const policy = page.headers.get('content-security-policy') ?? '';
	// echo -n 'start()' | openssl dgst -sha256 -binary | base64
	expect(policy).toContain("script-src 'self' 'sha256-");
	expect(policy).toContain(`connect-src 'self' ws://${new URL(url).host} ${node}`);
	expect(policy).toContain("frame-ancestors 'none'");
	expect(page.headers.get('x-content-type-options')).toBe('nosniff');
	expect(page.headers.get('x-powered-by')).toBeNull();
	expect((await fetch(`${url}/nix.js`)).status).toBe(404);
	expect((await fetch(`${url}/../../package.json`)).status).toBe(404);
});

test('files go out packed to those who take it', async () => {
	const { url } = await newPlatform(() => undefined, { WEB_ROOT: newWebRoot() });
	const get = async (encoding: string) => {
		const response = await fetch(`${url}/app.js`, { headers: { 'accept-encoding': encoding } });
		return [
			response.headers.get('content-encoding'),
			response.headers.get('content-type'),
			await response.text(),
		];
	};
	expect(await get('gzip')).toEqual(['gzip', expect.stringContaining('javascript'), 'packed']);
	expect(await get('identity')).toEqual([null, expect.stringContaining('javascript'), 'plain']);
	expect(await get('br')).toEqual([null, expect.stringContaining('javascript'), 'plain']);
});

test('what is asked of a file in a strange way, or of one that is gone meanwhile, does the hub no harm', async () => {
	const root = newWebRoot();
	const { url } = await newPlatform(() => undefined, { WEB_ROOT: root });
	const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers });
	expect(await (await get('/app.js', { range: 'bytes=1-2' })).text()).toBe('la');
	expect((await get('/app.js', { range: 'bytes=99-' })).status).toBe(416);
	await get('/app.js', { range: 'bytes=4-1' })
		.then(
			(answer) => answer.arrayBuffer(),
			() => undefined,
		)
		.catch(() => undefined);
	expect((await fetch(`${url}/app.js`, { method: 'POST' })).status).toBe(404);
	for (const path of ['/%00.js', '/%E0%A4%A', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json']) {
		expect((await get(path)).status, path).toBeGreaterThanOrEqual(400);
	}
	rmSync(join(root, 'app.js'));
	rmSync(join(root, 'app.js.gz'));
	expect((await get('/app.js')).status).toBe(404);
	expect((await get('/healthz')).status).toBe(200);
});

test('A7 figures and the parts of readiness are for the bearer of the token, where one is set', async () => {
	const token = 'a-token-for-the-figures';
	const { url } = await newPlatform(() => undefined, { METRICS_TOKEN: token });
	const authorization = `Bearer ${token}`;
	for (const headers of [{}, { authorization: 'Bearer another-token' }] as Record<string, string>[]) {
		expect(await ask(`${url}/metrics`, { headers })).toMatchObject({
			status: 401,
			problem: { code: 'AUTH-2003' },
		});
		expect(await (await fetch(`${url}/readyz`, { headers })).json()).toEqual({ ready: true });
	}
	const figures = await fetch(`${url}/metrics`, { headers: { authorization } });
	expect(await figures.text()).toContain('process_cpu_user_seconds_total');
	const ready = await fetch(`${url}/readyz`, { headers: { authorization } });
	expect(await ready.json()).toMatchObject({ parts: { mongodb: true } });
});
