import { expect, test } from 'vitest';
import { newHub } from './newHub.ts';

interface Document {
	openapi: string;
	paths: Record<string, Record<string, { operationId: string; security: unknown[]; responses: object }>>;
}
/** A layer of Express's router, as far as this test looks into it. */
interface Layer {
	route?: { path: string; methods: Record<string, boolean> };
}

test('what /openapi.json says is what Express serves, and nothing is missing', async () => {
	const hub = await newHub();
	const document = (await hub.client().send('GET', `${hub.url}/openapi.json`)).body as Document;
	expect(document.openapi).toMatch(/^3\.1/);
	const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
		Object.keys(operations).map((method) => `${method} ${path}`),
	);
	const { stack } = hub.context.api.router as unknown as { stack: Layer[] };
	const served = stack.flatMap(({ route }) =>
		route
			? Object.keys(route.methods)
					.filter((method) => method !== '_all' && method !== 'all')
					.map((method) => `${method} /api/v1${route.path.replaceAll(/:(\w+)/g, '{$1}')}`)
			: [],
	);
	expect([...new Set(served)].sort()).toEqual(documented.sort());
	expect(documented.length).toBeGreaterThan(20);
});

test('every operation that the document calls protected refuses a stranger, every other method is 405', async () => {
	const hub = await newHub();
	const stranger = hub.client();
	const document = (await stranger.send('GET', `${hub.url}/openapi.json`)).body as Document;
	for (const [path, operations] of Object.entries(document.paths)) {
		const url = `${hub.url}${path.replaceAll(/\{\w+\}/g, crypto.randomUUID())}`;
		for (const [method, { security, operationId }] of Object.entries(operations)) {
			if (!JSON.stringify(security).includes('accessToken')) continue;
			const refused = await stranger.refused(method.toUpperCase(), url, method === 'get' ? undefined : {});
			expect(refused, operationId).toMatchObject({ status: 401, code: 'AUTH-2003' });
		}
		const other = ['DELETE', 'PATCH', 'PUT'].find((method) => !(method.toLowerCase() in operations));
		if (other) expect(await stranger.refused(other, url)).toMatchObject({ status: 405, code: 'REQ-1007' });
	}
	expect(await stranger.refused('GET', '/nothing-here')).toMatchObject({ status: 404, code: 'REQ-1004' });
});
