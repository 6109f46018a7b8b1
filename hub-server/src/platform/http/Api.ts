import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import type { Metrics } from '@counter-hub/shared/server/metrics.ts';
import type { Parsed, RegisteredRoute, RouteSpec } from './route.ts';

export const API_BASE = '/api/v1';

/** The REST interface: routes are declared once, and are at the same time what is served and what is documented. */
export class Api {
	readonly router = Router();
	readonly #routes: RegisteredRoute[] = [];
	readonly #shapes: Record<string, z.ZodType> = {};
	readonly #durations;

	constructor(metrics: Metrics) {
		this.#durations = metrics.histogram('hub_http_request_seconds', 'Duration of API requests', [
			'operation',
			'status',
		]);
	}

	get routes(): readonly RegisteredRoute[] {
		return this.#routes;
	}

	/** Declares one operation: registers it on the router and in the OpenAPI document. */
	route<
		A,
		P extends z.ZodObject | undefined = undefined,
		Q extends z.ZodObject | undefined = undefined,
		H extends z.ZodObject | undefined = undefined,
		B extends z.ZodType | undefined = undefined,
		R extends z.ZodType | undefined = undefined,
	>(spec: RouteSpec<A, P, Q, H, B, R>): void {
		const { method, path, operationId, summary, tag, guard, params, query, body, response, handler } = spec;
		const { headers, takes, gives } = spec;
		const status = spec.status ?? (response ? 200 : 204);
		this.#routes.push({
			method,
			path,
			operationId,
			summary,
			tag,
			scheme: guard.scheme,
			params,
			query,
			headers,
			body,
			response,
			takes,
			gives,
			status,
			errors: [...spec.guard.errors, ...(spec.errors ?? [])],
		});
		const handle = async (request: Request, answer: Response) => {
			const done = this.#durations.startTimer({ operation: operationId });
			answer.once('finish', () => done({ status: String(answer.statusCode) }));
			const actor = await guard.authenticate(request);
			const type = body ? 'json' : takes;
			if (type !== undefined && !isEmpty(request) && !request.is(type)) {
				throw new AppError('unsupportedMediaType');
			}
			const result = await handler({
				actor,
				params: parsed(params, request.params),
				query: parsed(query, request.query),
				headers: parsed(headers, headers && headersOf(request, headers)),
				body: parsed(body, request.body),
				request,
				response: answer,
			});
			if (gives !== undefined) return;
			answer.status(status);
			if (response) answer.json(response.parse(result));
			else answer.end();
		};
		this.router[method](expressPath(path), handle);
	}

	/** Names shapes in the document that schemas of routes refer to (`#/components/schemas/<name>`). */
	shapes(named: Readonly<Record<string, z.ZodType>>): void {
		Object.assign(this.#shapes, named);
	}

	/** Call after the last route: known paths answer other methods with 405, everything else is 404. */
	finish(): void {
		const methods = new Map<string, string[]>();
		for (const { path, method } of this.#routes) {
			const key = expressPath(path);
			methods.set(key, [...(methods.get(key) ?? []), method.toUpperCase()]);
		}
		for (const allowed of methods.values()) if (allowed.includes('GET')) allowed.push('HEAD');
		for (const [path, allowed] of methods) this.router.all(path, refuseMethod(allowed));
		this.router.use(() => {
			throw new AppError('notFound');
		});
	}

	/** OpenAPI 3.1 of all declared routes. What makes it is loaded when it is asked for. */
	async document(version: string): Promise<unknown> {
		const { openApiDocument } = await import('./openApi.ts');
		return openApiDocument({ routes: this.#routes, shapes: this.#shapes, base: API_BASE, version });
	}
}

function parsed<S extends z.ZodType | undefined>(schema: S | undefined, input: unknown): Parsed<S>;
function parsed(schema: z.ZodType | undefined, input: unknown): unknown {
	return schema ? parse(schema, input) : undefined;
}

/** What a request says in the headers that a schema names; Node has their names in small letters. */
const headersOf = (request: Request, { shape }: z.ZodObject) =>
	Object.fromEntries(Object.keys(shape).map((name) => [name, request.get(name)]));

const isEmpty = ({ headers }: Request) =>
	headers['transfer-encoding'] === undefined && (headers['content-length'] ?? '0') === '0';

const expressPath = (path: string) => path.replaceAll(/\{(\w+)\}/g, ':$1');

function refuseMethod(allowed: string[]): RequestHandler {
	return (request, response) => {
		response.set('Allow', allowed.join(', '));
		throw new AppError('methodNotAllowed', {
			detail: `${request.method} is not among ${allowed.join(', ')}`,
		});
	};
}
