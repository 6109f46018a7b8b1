import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import type { Ack, NoticeEvents, Request } from '@counter-hub/shared/realtime/ack.ts';
import { SOCKET_REQUESTS } from '../../limits.ts';
import { toAppError } from '../http/problems.ts';
import { RateLimiter } from '../http/rateLimit.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { Shutdown } from '../shutdown.ts';

type Requests = Record<string, Request>;
type Notices = Record<string, z.ZodType>;

/** What arrives is not trusted to have any type; what is sent is typed by the notices. */
export type RequestSocket<N extends Notices, Data> = Socket<
	DefaultEventsMap,
	NoticeEvents<N>,
	DefaultEventsMap,
	Data
>;
export type RequestNamespace<N extends Notices, Data> = Namespace<
	DefaultEventsMap,
	NoticeEvents<N>,
	DefaultEventsMap,
	Data
>;

/** Answers one event: gets the parsed payload, returns the data of the acknowledgement or throws an `AppError`. */
type RequestHandler<P extends z.ZodType, D extends z.ZodType, S> = (
	payload: z.output<P>,
	socket: S,
) => Promise<z.input<D>> | z.input<D>;
export type RequestHandlers<R extends Requests, S> = {
	[K in keyof R]: RequestHandler<R[K]['payload'], R[K]['data'], S>;
};

interface RequestRouterParts<N extends Notices, Data> {
	namespace: RequestNamespace<N, Data>;
	logger: Logger;
	metrics: Metrics;
	/** From the moment it begins, every request is refused with `unavailable`. */
	shutdown: Pick<Shutdown, 'isStopping'>;
}

/** Parses the payload, calls the handler, parses its answer. */
type Endpoint<S> = (payload: unknown, socket: S) => Promise<unknown>;

/**
 * Answers the events of one namespace. Features add their handlers before the hub listens; every event that arrives is
 * counted against the socket's limit, parsed, answered `{ok, data}` or `{ok, error}`, and never throws. An event that
 * nobody handles is answered `unknownEvent`; a missing acknowledgement function is tolerated.
 */
export class RequestRouter<N extends Notices, Data> {
	readonly namespace: RequestNamespace<N, Data>;
	readonly #endpoints = new Map<string, Endpoint<RequestSocket<N, Data>>>();
	readonly #logger: Logger;
	readonly #shutdown: Pick<Shutdown, 'isStopping'>;
	readonly #durations;
	readonly #limiter = new RateLimiter(SOCKET_REQUESTS);

	constructor({ namespace, logger, metrics, shutdown }: RequestRouterParts<N, Data>) {
		this.namespace = namespace;
		this.#logger = logger;
		this.#shutdown = shutdown;
		const metricName = `hub_socket_request_seconds_${namespace.name.replaceAll(/\W/g, '')}`;
		this.#durations = metrics.histogram(metricName, `Duration of requests on ${namespace.name}`, [
			'event',
			'code',
		]);
		namespace.on('connection', (socket) => {
			this.#serve(socket);
		});
	}

	/** `requests` may be a part of the namespace's list (`pick`); each event has one handler. */
	handle<R extends Requests>(requests: R, handlers: RequestHandlers<R, RequestSocket<N, Data>>): void {
		for (const event in requests) this.#add(event, requests[event], handlers[event]);
	}

	#add<P extends z.ZodType, D extends z.ZodType>(
		event: string,
		request: Request<P, D> | undefined,
		handler: RequestHandler<P, D, RequestSocket<N, Data>> | undefined,
	): void {
		if (!request || !handler) throw new Error(`${event} has no handler`);
		if (this.#endpoints.has(event)) throw new Error(`${event} has two handlers`);
		this.#endpoints.set(event, async (payload, socket) =>
			request.data.parse(await handler(parse(request.payload, payload), socket)),
		);
	}

	#serve(socket: RequestSocket<N, Data>): void {
		socket.once('disconnect', () => void this.#limiter.forget(socket.id));
		// The parser of Socket.IO lets numbers through as names of events.
		socket.onAny((event: unknown, ...args: unknown[]) => {
			void this.#answer(socket, String(event), args);
		});
	}

	async #answer(socket: RequestSocket<N, Data>, event: string, args: unknown[]): Promise<void> {
		const last = args.at(-1);
		const ack = isFunction(last) ? last : undefined;
		const payload = ack && args.length === 1 ? {} : args[0];
		const endpoint = this.#endpoints.get(event);
		const done = this.#durations.startTimer({ event: endpoint ? event : 'unknown' });
		let answer: Ack<unknown>;
		try {
			await this.#limiter.consume(socket.id);
			if (this.#shutdown.isStopping) throw new AppError('unavailable');
			if (!endpoint)
				throw new AppError('unknownEvent', { detail: `There is no event ‘${event.slice(0, 60)}’` });
			answer = { ok: true, data: await endpoint(payload, socket) };
		} catch (error) {
			const { address } = socket.handshake;
			answer = { ok: false, error: toAppError(error, this.#logger.child({ event, address })).toProblem() };
		}
		done({ code: answer.ok ? 'ok' : answer.error.code });
		ack?.(answer);
	}
}

function isFunction(value: unknown): value is (answer: Ack<unknown>) => void {
	return typeof value === 'function';
}

/** A part of a list of requests: the events that one feature answers. */
export function pick<R extends Requests, K extends keyof R>(requests: R, ...keys: K[]): Pick<R, K> {
	const entries = keys.map((key) => [key, requests[key]] as const);
	return Object.fromEntries(entries) as Pick<R, K>;
}
