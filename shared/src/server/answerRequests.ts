import type { z } from 'zod';
import { AppError } from '../errors/AppError.ts';
import { parse } from '../errors/parse.ts';
import type { Ack, Request } from '../realtime/ack.ts';

type Requests = Record<string, Request>;

/** Answers one event: gets the parsed payload, returns the data of the acknowledgement or throws an `AppError`. */
type RequestHandler<P extends z.ZodType, D extends z.ZodType, S> = (
	payload: z.output<P>,
	socket: S,
) => Promise<z.input<D>> | z.input<D>;
export type RequestHandlers<R extends Requests, S = unknown> = {
	[K in keyof R]: RequestHandler<R[K]['payload'], R[K]['data'], S>;
};

/** Parses the payload, calls the handler, parses its answer. */
export type Endpoint<S> = (payload: unknown, socket: S) => Promise<unknown>;

/** One endpoint for each event of `requests`. */
export function endpointsOf<R extends Requests, S>(
	requests: R,
	handlers: RequestHandlers<R, S>,
): Map<string, Endpoint<S>> {
	const endpoints = new Map<string, Endpoint<S>>();
	for (const event in requests) endpoints.set(event, endpointOf(event, requests[event], handlers[event]));
	return endpoints;
}

function endpointOf<P extends z.ZodType, D extends z.ZodType, S>(
	event: string,
	request: Request<P, D> | undefined,
	handler: RequestHandler<P, D, S> | undefined,
): Endpoint<S> {
	if (!request || !handler) throw new Error(`${event} has no handler`);
	return async (payload, socket) =>
		request.data.parse(await handler(parse(request.payload, payload), socket));
}

/** The part of a socket that requests need; both Socket.IO's server and client sockets have it. */
export interface RequestSource {
	onAny(listener: (event: string, ...args: unknown[]) => void): unknown;
}

interface AnswerOptions<S> {
	endpoints: ReadonlyMap<string, Endpoint<S>>;
	/** Throws the `AppError` that refuses a request unheard: one too many, or the server stops. */
	admit?: (event: string) => Promise<void> | void;
	/** Any error as the one that the client may see. */
	toAppError: (error: unknown, event: string) => AppError;
	/** Called when a request arrives (`unknown` for an event that nobody handles); what it returns, with the answer. */
	measure?: (event: string) => (answer: Ack<unknown>) => void;
}

/**
 * Answers every event of the socket with `{ok, data}` or `{ok, error}`; nothing that a client sends gets past here
 * unanswered or throws. A missing acknowledgement function is tolerated.
 */
export function answerRequests<S extends RequestSource>(
	socket: S,
	{ endpoints, admit, toAppError, measure }: AnswerOptions<S>,
): void {
	socket.onAny((name: unknown, ...args) => {
		// The parser of Socket.IO lets numbers through as names of events.
		const event = String(name);
		const last = args.at(-1);
		const acknowledge = isFunction(last) ? last : undefined;
		const payload = acknowledge && args.length === 1 ? {} : args[0];
		const done = measure?.(endpoints.has(event) ? event : 'unknown');
		void answer(event, payload).then((ack) => {
			done?.(ack);
			acknowledge?.(ack);
		});
	});

	async function answer(event: string, payload: unknown): Promise<Ack<unknown>> {
		try {
			await admit?.(event);
			const endpoint = endpoints.get(event);
			if (!endpoint)
				throw new AppError('unknownEvent', { detail: `There is no event ‘${event.slice(0, 60)}’` });
			return { ok: true, data: await endpoint(payload, socket) };
		} catch (error) {
			return { ok: false, error: toAppError(error, event).toProblem() };
		}
	}
}

function isFunction(value: unknown): value is (answer: Ack<unknown>) => void {
	return typeof value === 'function';
}
