import { ackOf } from '@counter-hub/shared/realtime/ack.ts';
import {
	hubNotices,
	hubRequests,
	type HubNotices,
	type HubRequestName,
	type HubRequests,
} from '@counter-hub/shared/realtime/hubEvents.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { ERROR_CATALOGUE } from '@counter-hub/shared/errors/errorCatalogue.ts';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import { problem, type Problem } from '@counter-hub/shared/errors/problem.ts';
import { PROTOCOL } from '@counter-hub/shared/realtime/protocol.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { LIMITS } from '@counter-hub/shared/limits/limits.ts';
import { io, type Socket } from 'socket.io-client';
import { untrack } from 'svelte';
import type { z } from 'zod';
import { ApiProblem } from './ApiProblem.ts';
import { untilKnown } from './repeat.ts';
import type { SignIn } from './SignIn.svelte.ts';
import { pollNext, watchTransport, WEBSOCKET_ONLY } from './transports.ts';

export type HubState = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'offline';
type NoticeName = keyof HubNotices;
type Handler = (payload: unknown) => void;

/**
 * The page's one connection to the hub. It comes back by itself with a jittered delay; commands wait meanwhile
 * (`waiting` says how many) and are sent again with the same id, so that each takes effect once. Where no WebSocket gets
 * through it begins by polling and goes over to a WebSocket as soon as one does.
 */
export class HubSocket {
	state = $state<HubState>('idle');
	/** Which attempt to come back is under way; 0 while connected. */
	attempt = $state(0);
	/** Something on the way lets no WebSocket through: the page works by polling, and says so. */
	webSocketBlocked = $state(false);
	/** One per load of the page. */
	readonly pageId = newId();

	#pending = $state(0);
	/** Commands that wait for the connection. */
	readonly waiting = $derived(this.state === 'connected' ? 0 : this.#pending);

	readonly #signIn: SignIn;
	readonly #windowId: () => string | null;
	#socket: Socket | null = null;
	readonly #handlers = new Map<string, Set<Handler>>();
	readonly #connectListeners = new Set<() => void>();

	constructor(signIn: SignIn, windowId: () => string | null) {
		this.#signIn = signIn;
		this.#windowId = windowId;
		signIn.onToken((token) => {
			if (this.state === 'connected') this.request('auth:renew', { token }).catch(() => undefined);
		});
		// A socket that outlived its network would hold on for most of a minute. Closed, it says so at once and comes back.
		addEventListener('offline', () => this.#socket?.io.engine.close());
		addEventListener('online', () => this.retryNow());
	}

	open(): void {
		if (this.#socket) return;
		this.state = 'connecting';
		const socket = io('/hub', {
			path: '/socket.io',
			transports: WEBSOCKET_ONLY,
			timeout: LIMITS.commandTimeoutMs,
			reconnectionDelay: LIMITS.hubReconnect.firstMs,
			reconnectionDelayMax: LIMITS.hubReconnect.mostMs,
			randomizationFactor: LIMITS.hubReconnect.jitter,
			auth: (give) => void this.#handshake(give),
		});
		this.#socket = socket;
		watchTransport(socket, (isBlocked) => (this.webSocketBlocked = isBlocked));
		socket.on('connect', () => this.#connected());
		socket.on('disconnect', (reason) => this.#disconnected(reason));
		socket.on('connect_error', (error) => void this.#refused(error));
		socket.io.on('reconnect_attempt', (attempt) => (this.attempt = attempt));
		socket.onAny((name: string, payload: unknown) => this.#dispatch(name, payload));
	}

	close(): void {
		this.#socket?.removeAllListeners();
		this.#socket?.disconnect();
		this.#socket = null;
		this.state = 'idle';
		this.attempt = 0;
	}

	/** Skips the waiting time before the next attempt. */
	retryNow(): void {
		if (!this.#socket || this.#socket.connected) return;
		this.#lost('reconnecting');
		this.#socket.io.engine.close();
		this.#socket.disconnect().connect();
	}

	/** Listens to a notice; returns how to stop. Notices of an unknown form are dropped. */
	on<K extends NoticeName>(name: K, handler: (payload: z.infer<HubNotices[K]>) => void): () => void {
		const set = this.#handlers.get(name) ?? new Set();
		this.#handlers.set(name, set);
		const schema: z.ZodType = hubNotices[name];
		const parsed: Handler = (payload) => {
			const result = schema.safeParse(payload);
			// The schema of `name` has just been applied; TypeScript cannot follow the key through the map.
			if (result.success) handler(result.data as z.infer<HubNotices[K]>);
		};
		set.add(parsed);
		return () => set.delete(parsed);
	}

	/** Runs at once when connected, and after every reconnect; returns how to stop. */
	onConnect(listener: () => void): () => void {
		this.#connectListeners.add(listener);
		// An effect that listens must depend neither on the connection nor on what the listener reads.
		untrack(() => {
			if (this.state === 'connected') listener();
		});
		return () => this.#connectListeners.delete(listener);
	}

	/**
	 * Asks the hub. What carries a `commandId` waits for the connection as long as `signal` allows; anything else fails
	 * when there is no connection within 8 s.
	 * @throws ApiProblem with the hub's code, or `SYS-9003` when no answer came
	 */
	async request<K extends HubRequestName>(
		name: K,
		payload: z.input<HubRequests[K]['payload']>,
		signal?: AbortSignal,
	): Promise<z.infer<HubRequests[K]['data']>> {
		const { payload: payloadSchema, data }: { payload: z.ZodType; data: z.ZodType } = hubRequests[name];
		const body = bodyOf(payloadSchema, payload);
		const isCommand = typeof body === 'object' && body !== null && 'commandId' in body;
		if (!isCommand)
			return this.#answerTo(name, body, data, signal ?? AbortSignal.timeout(LIMITS.commandTimeoutMs));
		this.#pending += 1;
		try {
			return await untilKnown(() => this.#answerTo(name, body, data, signal), signal);
		} finally {
			this.#pending -= 1;
		}
	}

	/** One try; it waits for the connection, and one that ended meanwhile does not count. */
	async #answerTo<K extends HubRequestName>(
		name: K,
		body: unknown,
		data: z.ZodType,
		signal: AbortSignal | undefined,
	): Promise<z.infer<HubRequests[K]['data']>> {
		// Sent in this very turn when connected: before whatever the page draws because of it.
		if (this.state !== 'connected') await this.whenConnected(signal);
		const answer = await this.#ask(name, body);
		if (answer === undefined) {
			if (this.state !== 'connected') return this.#answerTo(name, body, data, signal);
			throw noAnswer();
		}
		const ack = ackOf(data).safeParse(answer);
		if (!ack.success) throw ApiProblem.ofPage('badAnswer', ack.error);
		if (!ack.data.ok) throw new ApiProblem(ack.data.error);
		return ack.data.data as z.infer<HubRequests[K]['data']>;
	}

	/** Resolves when connected; the commands that wait here are counted. @throws when `signal` aborts first */
	whenConnected(signal?: AbortSignal): Promise<void> {
		if (this.state === 'connected') return Promise.resolve();
		return new Promise((resolve, reject) => {
			const stop = this.onConnect(() => {
				stop();
				signal?.removeEventListener('abort', abort);
				resolve();
			});
			const abort = () => {
				stop();
				reject(noAnswer());
			};
			if (signal?.aborted === true) abort();
			else signal?.addEventListener('abort', abort, { once: true });
		});
	}

	/** For commands that go by REST: waits like `whenConnected`, counted in `waiting`. */
	async whenReachable(signal?: AbortSignal): Promise<void> {
		this.#pending += 1;
		try {
			// The socket may not have noticed yet that the hub is gone.
			await new Promise((resolve) => setTimeout(resolve, 1_000));
			await this.whenConnected(signal);
		} finally {
			this.#pending -= 1;
		}
	}

	async #ask(name: string, body: unknown): Promise<unknown> {
		try {
			const answer: unknown = await this.#socket?.timeout(LIMITS.commandTimeoutMs).emitWithAck(name, body);
			return answer;
		} catch {
			return undefined;
		}
	}

	async #handshake(give: (auth: Record<string, unknown>) => void): Promise<void> {
		const token = await this.#signIn.token().catch(() => null);
		give({ token: token ?? '', pageId: this.pageId, windowId: this.#windowId(), protocol: PROTOCOL });
	}

	#connected(): void {
		this.state = 'connected';
		this.attempt = 0;
		for (const listener of [...this.#connectListeners]) listener();
	}

	#disconnected(reason: string): void {
		if (!this.#socket) return;
		this.#lost(navigator.onLine ? 'reconnecting' : 'offline');
		// The hub ended this socket on purpose; Socket.IO leaves coming back to us.
		if (reason === 'io server disconnect')
			setTimeout(() => this.#socket?.connect(), 300 + Math.random() * 700);
	}

	/** The hub refused the handshake: the token may have expired, or the sign-in may be over. */
	async #refused(error: Error): Promise<void> {
		this.#lost(navigator.onLine ? 'reconnecting' : 'offline');
		const socket = this.#socket;
		if (!socket) return;
		if (socket.active) {
			pollNext(socket);
			return;
		}
		const refusal = problem.safeParse('data' in error ? error.data : undefined);
		const alive = await this.#signIn.renew().catch(() => true);
		if (!alive) return;
		if (refusal.success && refusal.data.status === 403) this.#signIn.end(refusal.data);
		else setTimeout(() => this.#socket?.connect(), 1_000 + Math.random() * 1_000);
	}

	#lost(state: 'reconnecting' | 'offline'): void {
		if (!this.#socket) return;
		this.state = state;
		if (this.attempt === 0) this.attempt = 1;
	}

	#dispatch(name: string, payload: unknown): void {
		for (const handler of this.#handlers.get(name) ?? []) handler(payload);
	}
}

/** What goes out. @throws ApiProblem as the hub would refuse it, such as a text with a telephone number */
function bodyOf(schema: z.ZodType, payload: unknown): unknown {
	try {
		return parse(schema, payload);
	} catch (error) {
		throw error instanceof AppError ? new ApiProblem(error.toProblem()) : error;
	}
}

function noAnswer(): ApiProblem {
	const { code, status, title } = ERROR_CATALOGUE.timeout;
	const timeout: Problem = { type: `urn:counter-hub:problem:${code}`, title, status, code };
	return new ApiProblem(timeout);
}
