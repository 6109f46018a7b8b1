import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import type { Ack, Request } from '@counter-hub/shared/realtime/ack.ts';
import type { z } from 'zod';
import type { Logger } from '../platform/logger.ts';

type Requests = Record<string, Request>;
export type Handlers<R extends Requests> = {
	[K in keyof R]: (
		payload: z.infer<R[K]['payload']>,
	) => Promise<z.input<R[K]['data']>> | z.input<R[K]['data']>;
};

/** The part of a socket that requests need; both Socket.IO's server and client sockets have it. */
export interface RequestSource {
	onAny(listener: (event: string, ...args: unknown[]) => void): unknown;
}

interface AnswerOptions {
	logger: Logger;
	/** False refuses the request as one too many. */
	mayAsk?: () => boolean;
}

/** Answers every event of the socket: parse, handle, acknowledge. Nothing a client sends gets past here unanswered. */
export function answerRequests<R extends Requests>(
	socket: RequestSource,
	requests: R,
	handlers: Handlers<R>,
	{ logger, mayAsk }: AnswerOptions,
): void {
	socket.onAny((event, ...args) => {
		const last = args.at(-1);
		const acknowledge = typeof last === 'function' ? last : undefined;
		const payload = acknowledge === last && args.length === 1 ? undefined : args[0];
		void answer(event, payload).then((ack) => {
			acknowledge?.(ack);
		});
	});

	async function answer(event: string, payload: unknown): Promise<Ack<unknown>> {
		try {
			if (mayAsk && !mayAsk()) throw new AppError('tooManyRequests');
			const request = Object.hasOwn(requests, event) ? requests[event] : undefined;
			const handler = Object.hasOwn(handlers, event) ? handlers[event] : undefined;
			if (!request || !handler) throw new AppError('unknownEvent');
			return { ok: true, data: await handler(parse(request.payload, payload) as never) };
		} catch (error) {
			return { ok: false, error: toAppError(error, logger, event).toProblem() };
		}
	}
}

export function toAppError(error: unknown, logger: Logger, event: string): AppError {
	if (error instanceof AppError) {
		if (error.cause !== undefined) logger.debug({ err: error, event }, 'request refused');
		return error;
	}
	logger.error({ err: error, event }, 'request failed');
	return new AppError('internal', { cause: error, expose: false });
}
