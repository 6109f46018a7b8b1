import { STATUS_CODES } from 'node:http';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { ERROR_CATALOGUE, type ErrorKey } from '@counter-hub/shared/errors/errorCatalogue.ts';
import { problem } from '@counter-hub/shared/errors/problem.ts';
import type { z } from 'zod';
import type { RegisteredRoute } from './route.ts';

const GENERAL = [
	'internal',
	'unavailable',
	'databaseUnavailable',
	'tooManyRequests',
	'foreignOrigin',
] as const;

interface Documented {
	routes: readonly RegisteredRoute[];
	/** Schemas that others refer to by name. */
	shapes: Readonly<Record<string, z.ZodType>>;
	/** Before every path. */
	base: string;
	version: string;
}

/** OpenAPI 3.1 from the routes themselves. */
export function openApiDocument({ routes, shapes, base, version }: Documented): unknown {
	const paths: ZodOpenApiPathsObject = {};
	for (const route of routes) {
		const path = (paths[`${base}${route.path}`] ??= {});
		path[route.method] = operation(route);
	}
	return createDocument({
		openapi: '3.1.0',
		info: {
			title: 'Counter Hub 专窗通',
			version,
			description:
				'People, counters, cases and their timelines. Live events go over Socket.IO (docs/protocol.md).',
			license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
		},
		paths,
		components: {
			schemas: shapes,
			securitySchemes: {
				accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
				blobGrant: { type: 'apiKey', in: 'query', name: 'grant' },
				refreshCookie: {
					type: 'apiKey',
					in: 'cookie',
					name: 'ch_r_{signInId}',
					description: 'One cookie per sign-in; `signInId` in the body names which one is meant.',
				},
			},
		},
	});
}

function operation(route: RegisteredRoute): ZodOpenApiOperationObject {
	return {
		operationId: route.operationId,
		summary: route.summary,
		tags: [route.tag],
		security: route.scheme === 'none' ? [] : [{ [route.scheme]: [] }],
		...((route.params ?? route.query ?? route.headers) && {
			requestParams: {
				...(route.params && { path: route.params }),
				...(route.query && { query: route.query }),
				...(route.headers && { header: route.headers }),
			},
		}),
		...(route.body && {
			requestBody: { required: true, content: { 'application/json': { schema: route.body } } },
		}),
		...(route.takes !== undefined && {
			requestBody: { required: true, content: { [route.takes]: BYTES } },
		}),
		responses: {
			...successes(route),
			...problems(route),
		},
	};
}

/** Bytes as OpenAPI 3.1 says them: their media type alone. */
const BYTES = {};

function successes({ gives, response, status }: RegisteredRoute) {
	if (gives !== undefined) {
		return {
			'200': { description: 'All bytes', content: { [gives]: BYTES } },
			'206': { description: 'One range of the bytes', content: { [gives]: BYTES } },
			'304': { description: 'The same bytes as named in If-None-Match' },
		};
	}
	const description = STATUS_CODES[status] ?? 'Success';
	const content = response && { 'application/json': { schema: response } };
	return { [String(status)]: content ? { description, content } : { description } };
}

/** The errors of an operation, one response per status, naming the codes. */
function problems(route: RegisteredRoute) {
	const keys = new Set<ErrorKey>([...route.errors, ...GENERAL]);
	if (route.params ?? route.query ?? route.headers ?? route.body) keys.add('invalidInput');
	if (route.body) keys.add('malformedBody').add('bodyTooLarge');
	if (route.body ?? route.takes) keys.add('unsupportedMediaType');
	const codes = new Map<number, string[]>();
	for (const key of keys) {
		const { status, code, title } = ERROR_CATALOGUE[key];
		codes.set(status, [...(codes.get(status) ?? []), `${code}: ${title}`]);
	}
	return Object.fromEntries(
		[...codes].map(([status, lines]) => [
			String(status),
			{ description: lines.join('; '), content: { 'application/problem+json': { schema: problem } } },
		]),
	);
}
