import { problem } from '@counter-hub/shared/errors/problem.ts';
import type { z } from 'zod';
import { ApiProblem } from './ApiProblem.ts';

export interface Call<S extends z.ZodType> {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Below `/api/v1`, for example `/cases`. */
	path: string;
	query?: Record<string, string | number | undefined>;
	body?: unknown;
	/** Shape of the answer; an answer of another shape is the problem `badAnswer`. */
	answer: S;
	signal?: AbortSignal | undefined;
}

/**
 * One exchange with the hub's REST API.
 * @throws ApiProblem with the hub's code; `NET-8001` when the hub cannot be reached. An abort is thrown as it is.
 */
export async function exchange<S extends z.ZodType>(
	call: Call<S>,
	token: string | null,
): Promise<z.infer<S>> {
	const response = await send(call, token);
	const text = await response.text();
	const content = decode(text, response.ok);
	if (!response.ok) {
		const parsed = problem.safeParse(content);
		throw parsed.success ? new ApiProblem(parsed.data) : ApiProblem.ofPage('unreachable', content);
	}
	const parsed = call.answer.safeParse(content);
	if (!parsed.success) throw ApiProblem.ofPage('badAnswer', parsed.error);
	return parsed.data;
}

async function send(call: Call<z.ZodType>, token: string | null): Promise<Response> {
	try {
		return await fetch(`/api/v1${call.path}${search(call.query)}`, {
			method: call.method,
			headers: {
				accept: 'application/json',
				...(token !== null && { authorization: `Bearer ${token}` }),
				...(call.body !== undefined && { 'content-type': 'application/json' }),
			},
			...(call.body !== undefined && { body: JSON.stringify(call.body) }),
			...(call.signal && { signal: call.signal }),
			credentials: 'same-origin',
			cache: 'no-store',
		});
	} catch (error) {
		if (call.signal?.aborted === true) throw error;
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
