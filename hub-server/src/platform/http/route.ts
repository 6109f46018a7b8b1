import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { ErrorKey } from '@counter-hub/shared/errors/errorCatalogue.ts';

type HttpMethod = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';
type SecurityScheme = 'none' | 'accessToken' | 'refreshCookie' | 'blobGrant';

/**
 * Who may enter. `authenticate` settles the request's actor or throws an `AppError`; it runs before the input is
 * parsed. The scheme is what OpenAPI says. What the actor may do is the handler's policy.
 */
export interface Guard<A> {
	readonly scheme: SecurityScheme;
	/** What `authenticate` throws. */
	readonly errors: readonly ErrorKey[];
	authenticate(request: Request): Promise<A> | A;
}

/** For what everybody may ask without signing in. */
export const open: Guard<undefined> = { scheme: 'none', errors: [], authenticate: () => undefined };

/** What a handler gets for a schema, or `undefined` where none was declared. */
export type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
/** Without a schema, what a handler returns is not looked at. */
type Given<S> = S extends z.ZodType ? z.input<S> : unknown;

interface RouteContext<A, P, Q, H, B> {
	readonly actor: A;
	readonly params: Parsed<P>;
	readonly query: Parsed<Q>;
	readonly headers: Parsed<H>;
	readonly body: Parsed<B>;
	readonly request: Request;
	/** For cookies and headers; the body is what the handler returns. */
	readonly response: Response;
}

/**
 * One operation of the REST interface: what is declared here is what is checked and what `/openapi.json` says.
 * `path` is relative to `/api/v1`, in OpenAPI's notation: `/cases/{caseId}`.
 */
export interface RouteSpec<
	A,
	P extends z.ZodObject | undefined,
	Q extends z.ZodObject | undefined,
	H extends z.ZodObject | undefined,
	B extends z.ZodType | undefined,
	R extends z.ZodType | undefined,
> {
	method: HttpMethod;
	path: `/${string}`;
	operationId: string;
	summary: string;
	tag: string;
	guard: Guard<A>;
	params?: P;
	query?: Q;
	/** Those that this operation looks at besides the general ones, named as one writes them: `If-Range`. */
	headers?: H;
	body?: B;
	/** Without a schema the answer is 204 with no body. */
	response?: R;
	/** In place of `body`: the media type of bytes that the handler reads from `request` itself. */
	takes?: string;
	/** In place of `response`: the media type of bytes that the handler answers with, with status and ranges. */
	gives?: string;
	/** Status of success; default 200, or 204 without a body. */
	status?: 200 | 201 | 202 | 204;
	/** Errors that this operation throws besides the general ones. */
	errors?: readonly ErrorKey[];
	handler: (context: RouteContext<A, P, Q, H, B>) => Promise<Given<R>> | Given<R>;
}

/** A route whose types were checked where it was declared; what the API keeps. */
export interface RegisteredRoute {
	method: HttpMethod;
	path: `/${string}`;
	operationId: string;
	summary: string;
	tag: string;
	scheme: SecurityScheme;
	params: z.ZodObject | undefined;
	query: z.ZodObject | undefined;
	headers: z.ZodObject | undefined;
	body: z.ZodType | undefined;
	response: z.ZodType | undefined;
	takes: string | undefined;
	gives: string | undefined;
	status: number;
	errors: readonly ErrorKey[];
}
