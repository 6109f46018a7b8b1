import {
	HUB_HEADER,
	PROTOCOL,
	PROTOCOL_HEADER,
	readHubHeader,
	type HubHeader,
} from '@counter-hub/shared/realtime/protocol.ts';
import { problem } from '@counter-hub/shared/errors/problem.ts';
import type { z } from 'zod';
import { ApiProblem } from './ApiProblem.ts';

export interface Call<S extends z.ZodType> {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Below `/api/v1`, for example `/cases`. */
	path: string;
	query?: Record<string, string | number | undefined>;
	/** Goes as JSON; a `Blob` as it is, under its own type. */
	body?: unknown;
	/** Shape of the answer; an answer of another shape is the problem `badAnswer`. */
	answer: S;
	signal?: AbortSignal | undefined;
}

/** Who wants to know what each answer says of the hub itself; moments are of `performance.now()`. */
export type HubListener = (header: HubHeader, sentAt: number, receivedAt: number) => void;

/**
 * One exchange with the hub's REST API.
 * @throws ApiProblem with the hub's code; `NET-8001` when the hub cannot be reached, or the answer was lost on its way,
 * or did not come before the signal's timeout. An abort by the caller is thrown as it is.
 */
export async function exchange<S extends z.ZodType>(
	call: Call<S>,
	token: string | null,
	listener: HubListener,
): Promise<z.infer<S>> {
	const { ok, text } = await send(call, token, listener);
	const content = decode(text, ok);
	if (!ok) {
		const parsed = problem.safeParse(content);
		throw parsed.success ? new ApiProblem(parsed.data) : ApiProblem.ofPage('unreachable', content);
	}
	const parsed = call.answer.safeParse(content);
	if (!parsed.success) throw ApiProblem.ofPage('badAnswer', parsed.error);
	return parsed.data;
}

async function send(
	call: Call<z.ZodType>,
	token: string | null,
	listener: HubListener,
): Promise<{ ok: boolean; text: string }> {
	const sentAt = performance.now();
	const { body } = call;
	const isBytes = body instanceof Blob;
	try {
		const response = await fetch(`/api/v1${call.path}${search(call.query)}`, {
			method: call.method,
			headers: {
				accept: 'application/json',
				[PROTOCOL_HEADER]: String(PROTOCOL),
				...(token !== null && { authorization: `Bearer ${token}` }),
				...(body !== undefined && { 'content-type': isBytes ? body.type : 'application/json' }),
			},
			...(body !== undefined && { body: isBytes ? body : JSON.stringify(body) }),
			...(call.signal && { signal: call.signal }),
			credentials: 'same-origin',
			cache: 'no-store',
		});
		const header = readHubHeader(response.headers.get(HUB_HEADER));
		if (header) listener(header, sentAt, performance.now());
		return { ok: response.ok, text: await response.text() };
	} catch (error) {
		const isTimeout = error instanceof DOMException && error.name === 'TimeoutError';
		if (call.signal?.aborted === true && !isTimeout) throw error;
		throw ApiProblem.ofPage('unreachable', error);
	}
}

function decode(text: string, expected: boolean): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch (error) {
		if (expected) throw ApiProblem.ofPage('badAnswer', error);
		return text;
	}
}

function search(query: Call<z.ZodType>['query']): string {
	const entries = Object.entries(query ?? {}).flatMap(([key, value]) =>
		value === undefined || value === '' ? [] : [[key, String(value)]],
	);
	return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`;
}
