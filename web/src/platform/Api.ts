import type { z } from 'zod';
import { ApiProblem } from './ApiProblem.ts';
import { exchange, type Call, type HubListener } from './exchange.ts';
import { untilKnown } from './repeat.ts';
import type { SignIn } from './SignIn.svelte.ts';

/** A command without an answer for this long is sent again; the hub itself gives up waiting for its database earlier. */
const ANSWER_MS = 30_000;

/** A body that may be sent again: its id makes it take effect once. */
interface Command {
	commandId: string;
	[field: string]: unknown;
}

/** REST with the signed-in person's token. An expired token is renewed once and the call repeated. */
export class Api {
	readonly #signIn: SignIn;
	readonly #hears: HubListener;
	readonly #whenReachable: (signal?: AbortSignal) => Promise<void>;

	constructor(signIn: SignIn, hears: HubListener, whenReachable: (signal?: AbortSignal) => Promise<void>) {
		this.#signIn = signIn;
		this.#hears = hears;
		this.#whenReachable = whenReachable;
	}

	/** @throws ApiProblem */
	async send<S extends z.ZodType>(call: Call<S>): Promise<z.infer<S>> {
		try {
			return await exchange(call, await this.#signIn.token(), this.#hears);
		} catch (error) {
			if (!(error instanceof ApiProblem)) throw error;
			if (error.is('AUTH-2004') || error.is('AUTH-2005')) this.#signIn.end(error.problem);
			if (!error.is('AUTH-2003') || !(await this.#signIn.renew())) throw error;
			return exchange(call, await this.#signIn.token(), this.#hears);
		}
	}

	get<S extends z.ZodType>(
		path: string,
		answer: S,
		options: Pick<Call<S>, 'query' | 'signal'> = {},
	): Promise<z.infer<S>> {
		return this.send({ method: 'GET', path, answer, ...options });
	}

	/** For what answers in bytes: the response as it is. @throws ApiProblem when the hub cannot be reached */
	async fetch(path: string): Promise<Response> {
		const token = await this.#signIn.token();
		const headers = { ...(token !== null && { authorization: `Bearer ${token}` }) };
		try {
			return await fetch(`/api/v1${path}`, { headers, credentials: 'same-origin', cache: 'no-store' });
		} catch (error) {
			throw ApiProblem.ofPage('unreachable', error);
		}
	}

	/**
	 * Sends a body that carries a `commandId`, again and again with the same id until its outcome is known, so that it
	 * takes effect exactly once. While the hub cannot be reached it waits (counted in the outbox).
	 */
	command<S extends z.ZodType>(call: Call<S> & { body: Command }): Promise<z.infer<S>> {
		return untilKnown(() => this.#reach(call), call.signal);
	}

	async #reach<S extends z.ZodType>(call: Call<S>): Promise<z.infer<S>> {
		for (;;) {
			const timeout = AbortSignal.timeout(ANSWER_MS);
			const signal = call.signal ? AbortSignal.any([call.signal, timeout]) : timeout;
			try {
				return await this.send({ ...call, signal });
			} catch (error) {
				if (!(error instanceof ApiProblem) || !error.is('NET-8001')) throw error;
				await this.#whenReachable(call.signal);
			}
		}
	}
}
