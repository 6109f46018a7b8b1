import { expect, test } from 'vitest';
import { z } from 'zod';
import { problem } from '@counter-hub/shared/errors/problem.ts';
import { eventData } from '@counter-hub/shared/timeline/events.ts';
import { caseDetail } from '@counter-hub/shared/cases/cases.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { newHub } from './newHub.ts';

interface Document {
	openapi: string;
	paths: Record<string, Record<string, { operationId: string; security: unknown[]; responses: object }>>;
}
interface Schemas {
	components: {
		schemas: Record<
			string,
			{
				oneOf?: { $ref: string }[];
				type?: string;
				properties: Record<string, { const?: string; type?: string; $ref?: string } | undefined>;
			}
		>;
	};
}
/** A layer of Express's router, as far as this test looks into it. */
interface Layer {
	route?: { path: string; methods: Record<string, boolean> };
}

const documentOfHeaders = z.object({
	paths: z.record(
		z.string(),
		z.record(
			z.string(),
			z.object({
				parameters: z
					.array(
						z.object({
							in: z.string(),
							name: z.string(),
							required: z.boolean().optional(),
							schema: z.record(z.string(), z.unknown()),
						}),
					)
					.default([]),
				requestBody: z.unknown().optional(),
				responses: z.record(z.string(), z.unknown()),
			}),
		),
	),
});

/** What the document says of an operation's headers, without the words. */
const headersOf = (
	operation?: z.infer<typeof documentOfHeaders>['paths'][string][string],
): Record<string, Record<string, unknown>> =>
	Object.fromEntries(
		(operation?.parameters ?? [])
			.filter((parameter) => parameter.in === 'header')
			.map(({ name, required, schema: { description: _words, maximum: _safe, ...schema } }) => [
				name,
				{ required, ...schema },
			]),
	);

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
			if (method === 'head') {
				expect((await stranger.send('HEAD', url)).status, operationId).toBe(401);
				continue;
			}
			const refused = await stranger.refused(method.toUpperCase(), url, method === 'get' ? undefined : {});
			expect(refused, operationId).toMatchObject({ status: 401, code: 'AUTH-2003' });
		}
		const other = ['DELETE', 'PATCH', 'PUT'].find((method) => !(method.toLowerCase() in operations));
		if (other) expect(await stranger.refused(other, url)).toMatchObject({ status: 405, code: 'REQ-1007' });
	}
	expect(await stranger.refused('GET', '/nothing-here')).toMatchObject({ status: 404, code: 'REQ-1004' });
});

test('the document names the shape of every event, and the patterns of USCC, ID and telephone number', async () => {
	const hub = await newHub();
	const document = (await hub.client().send('GET', `${hub.url}/openapi.json`)).body as Schemas;
	const { schemas } = document.components;
	const shapes = (schemas['TimelineEvent']?.oneOf ?? []).map(
		({ $ref }) => schemas[$ref.split('/').at(-1) ?? ''],
	);
	expect(shapes.map((shape) => shape?.properties.type?.const).sort()).toEqual(Object.keys(eventData).sort());
	for (const shape of shapes) {
		const data = shape?.properties.data;
		// What has a name of its own is referred to by it.
		const named = data?.$ref === undefined ? data : schemas[data.$ref.split('/').at(-1) ?? ''];
		expect(named?.type).toBe('object');
	}

	const patterns = [...JSON.stringify(document).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(
		([, text = '']) => new RegExp(String(JSON.parse(text)), 'u'),
	);
	for (const value of ['91330100MA0000023P', '310117190001010012', '021-37736000', '13800000000']) {
		expect(patterns.filter((pattern) => pattern.test(value)).length, value).toBeGreaterThan(0);
	}
});

test('the document names the headers of uploads and the bytes that they send, and they are looked at as it says', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const { paths } = documentOfHeaders.parse((await clerk.send('GET', `${hub.url}/openapi.json`)).body);
	const begin = paths['/api/v1/uploads']?.['post'];
	const proceed = paths['/api/v1/uploads/{uploadId}']?.['patch'];
	const read = paths['/api/v1/blobs/{sha256}']?.['get'];
	expect(headersOf(begin)).toEqual({
		'Tus-Resumable': { required: true, type: 'string', const: '1.0.0' },
		'Upload-Length': { required: true, type: 'integer', minimum: 1 },
		'Upload-Metadata': { required: true, type: 'string', pattern: '(^|,) *sha256 [\\w+/]{86}==' },
	});
	expect(headersOf(proceed)).toEqual({
		'Tus-Resumable': { required: true, type: 'string', const: '1.0.0' },
		'Upload-Offset': { required: true, type: 'integer', minimum: 0 },
	});
	expect(proceed?.requestBody).toEqual({
		required: true,
		content: { 'application/offset+octet-stream': {} },
	});
	expect(Object.keys(headersOf(read))).toEqual(['Range', 'If-Range', 'If-None-Match']);
	for (const operation of [begin, proceed]) expect(Object.keys(operation?.responses ?? {})).toContain('422');

	const tus = { 'tus-resumable': '1.0.0', 'upload-length': '9' };
	const metadata = (sha256: string) => ({
		'upload-metadata': `filename YQ==,sha256 ${Buffer.from(sha256).toString('base64')}`,
	});
	const at = async (headers: Record<string, string>) => {
		const refused = await clerk.send('POST', '/uploads', undefined, headers);
		expect(refused.headers.get('tus-version')).toBe('1.0.0');
		return problem.parse(refused.body);
	};
	const other = { ...tus, 'tus-resumable': '2.0.0' };
	for (const headers of [{}, other, { ...other, ...metadata('a'.repeat(64)) }]) {
		expect(await at(headers)).toMatchObject({ status: 412, code: 'BLOB-4513' });
	}
	for (const [headers, field] of [
		[tus, 'Upload-Metadata'],
		[{ ...tus, ...metadata('a'.repeat(63)) }, 'Upload-Metadata'],
		[{ ...tus, 'upload-length': 'many', ...metadata('a'.repeat(64)) }, 'Upload-Length'],
	] as const) {
		const refused = await at(headers);
		expect(refused).toMatchObject({ status: 422, code: 'REQ-1001', fields: [{ path: field }] });
	}
	const begun = await clerk.send('POST', '/uploads', undefined, { ...tus, ...metadata('a'.repeat(64)) });
	expect(begun.status).toBe(201);
	const piece = (offset: string) =>
		clerk.refused('PATCH', `${hub.url}${begun.headers.get('location') ?? ''}`, 'x', {
			'tus-resumable': '1.0.0',
			'content-type': 'application/offset+octet-stream',
			'upload-offset': offset,
		});
	expect(await piece('half')).toMatchObject({ code: 'REQ-1001', fields: [{ path: 'Upload-Offset' }] });
	expect(await piece('3')).toMatchObject({ status: 409, code: 'BLOB-4502' });
});

test('what the document allows is not refused for its form, and what it forbids is', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const body = {
		commandId: crypto.randomUUID(),
		enterprise: { name: '𬭎'.repeat(100), uscc: '91330100MA0000023P' },
		person: { name: '𬭎清', citizenId: '310117190001010012', phone: '13800000000' },
		itemNo: 1,
		permitCounterId: seededCounterId('330100'),
	};
	const opened = await clerk.send('POST', '/cases', body);
	expect(opened.status, 'a character outside of the BMP is one').toBe(201);
	for (const name of ['𬭎'.repeat(101), ' 1 ', '\ufeff\u3000']) {
		const bad = { ...body, enterprise: { ...body.enterprise, name } };
		expect(await clerk.refused('POST', '/cases', bad)).toMatchObject({ status: 422, code: 'REQ-1001' });
	}
	const { id } = caseDetail.parse(opened.body);
	expect((await clerk.send('GET', `/cases/${id}/timeline?after=0&before=1`)).status).toBe(200);
	for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
		const refused = await clerk.send('POST', '/cases', body, { 'content-type': type });
		expect(refused).toMatchObject({ status: 415, body: { code: 'REQ-1011' } });
	}
	const other = await clerk.send('DELETE', '/cases');
	expect(other.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'HEAD', 'POST']);
});
