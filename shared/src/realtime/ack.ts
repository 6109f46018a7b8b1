import { z } from 'zod';
import { problem, type Problem } from '../errors/problem.ts';

/** Every socket event that asks for something is acknowledged with one of these two. */
export type Ack<T> = { ok: true; data: T } | { ok: false; error: Problem };

export function ackOf<S extends z.ZodType>(data: S) {
	return z.discriminatedUnion('ok', [
		z.object({ ok: z.literal(true), data }),
		z.object({ ok: z.literal(false), error: problem }),
	]);
}

/** One socket event that the client sends: its payload and the data of its acknowledgement. */
export interface Request<P extends z.ZodType = z.ZodType, D extends z.ZodType = z.ZodType> {
	payload: P;
	data: D;
}
export const request = <P extends z.ZodType, D extends z.ZodType>(payload: P, data: D): Request<P, D> => ({
	payload,
	data,
});

/** Types for Socket.IO from a record of requests (client to server). */
export type RequestEvents<R extends Record<string, Request>> = {
	[K in keyof R]: (
		payload: z.input<R[K]['payload']>,
		ack: (answer: Ack<z.infer<R[K]['data']>>) => void,
	) => void;
};
/** Types for Socket.IO from a record of notices (server to client, no acknowledgement). */
export type NoticeEvents<N extends Record<string, z.ZodType>> = {
	[K in keyof N]: (payload: z.infer<N[K]>) => void;
};
