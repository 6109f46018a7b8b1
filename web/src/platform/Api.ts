import type { z } from 'zod';
import { ApiProblem } from './ApiProblem.ts';
import { exchange, type Call } from './exchange.ts';
import type { Session } from './Session.svelte.ts';

/** A body that may be sent again: its id makes it take effect once. */
interface Command {
	commandId: string;
	[field: string]: unknown;
}

/** REST with the signed-in person's token. An expired token is renewed once and the call repeated. */
export class Api {
	readonly #session: Session;
	readonly #whenReachable: (signal?: AbortSignal) => Promise<void>;

	constructor(session: Session, whenReachable: (signal?: AbortSignal) => Promise<void>) {
		this.#session = session;
		this.#whenReachable = whenReachable;
	}

	/** @throws ApiProblem */
	async send<S extends z.ZodType>(call: Call<S>): Promise<z.infer<S>> {
		try {
			return await exchange(call, await this.#session.token());
		} catch (error) {
			if (!(error instanceof ApiProblem)) throw error;
			if (error.is('AUTH-2004') || error.is('AUTH-2005')) this.#session.end(error.problem);
			if (!error.is('AUTH-2003') || !(await this.#session.renew())) throw error;
			return exchange(call, await this.#session.token());
		}
	}

	get<S extends z.ZodType>(
		path: string,
		answer: S,
		options: Pick<Call<S>, 'query' | 'signal'> = {},
	): Promise<z.infer<S>> {
		return this.send({ method: 'GET', path, answer, ...options });
	}

	/**
	 * Sends a body that carries a `commandId`. While the hub cannot be reached it waits (counted in the outbox) and is
	 * sent again with the same id, so that it takes effect exactly once.
	 */
	async command<S extends z.ZodType>(call: Call<S> & { body: Command }): Promise<z.infer<S>> {
		for (;;) {
			try {
				return await this.send(call);
			} catch (error) {
				if (!(error instanceof ApiProblem) || !error.is('NET-8001')) throw error;
				await this.#whenReachable(call.signal);
			}
		}
	}
}
