import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { NoticeEvents, Request } from '@counter-hub/shared/realtime/ack.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { Metrics } from '@counter-hub/shared/server/metrics.ts';
import {
	answerRequests,
	endpointsOf,
	type Endpoint,
	type RequestHandlers,
} from '@counter-hub/shared/server/answerRequests.ts';
import { RateLimiter } from '@counter-hub/shared/server/RateLimiter.ts';
import { SOCKET_REQUESTS } from '../../limits.ts';
import { toAppError } from '../http/problems.ts';
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

interface RequestRouterParts<N extends Notices, Data> {
	namespace: RequestNamespace<N, Data>;
	logger: Logger;
	metrics: Metrics;
	/** From the moment it begins, every request is refused with `unavailable`. */
	shutdown: Pick<Shutdown, 'isStopping'>;
}

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
		for (const [event, endpoint] of endpointsOf(requests, handlers)) {
			if (this.#endpoints.has(event)) throw new Error(`${event} has two handlers`);
			this.#endpoints.set(event, endpoint);
		}
	}

	#serve(socket: RequestSocket<N, Data>): void {
		socket.once('disconnect', () => void this.#limiter.forget(socket.id));
		answerRequests(socket, {
			endpoints: this.#endpoints,
			admit: async () => {
				await this.#limiter.consume(socket.id);
				if (this.#shutdown.isStopping) throw new AppError('unavailable');
			},
			toAppError: (error, event) =>
				toAppError(error, this.#logger.child({ event, address: socket.handshake.address })),
			measure: (event) => {
				const done = this.#durations.startTimer({ event });
				return (answer) => done({ code: answer.ok ? 'ok' : answer.error.code });
			},
		});
	}
}

/** A part of a list of requests: the events that one feature answers. */
export function pick<R extends Requests, K extends keyof R>(requests: R, ...keys: K[]): Pick<R, K> {
	const entries = keys.map((key) => [key, requests[key]] as const);
	return Object.fromEntries(entries) as Pick<R, K>;
}
