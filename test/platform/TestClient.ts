import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { problem, type Problem } from '@counter-hub/shared/errors/problem.ts';
import { me, signInAnswer, type Me } from '@counter-hub/shared/people/people.ts';
import { HUB_NAMESPACE } from '@counter-hub/shared/realtime/handshake.ts';
import {
	hubRequests,
	type ClientToHub,
	type HubRequestName,
	type HubRequests,
	type HubToClient,
} from '@counter-hub/shared/realtime/hubEvents.ts';
import { ackOf, type Ack } from '@counter-hub/shared/realtime/ack.ts';
import type { z } from 'zod';

export type TestSocket = Socket<HubToClient, ClientToHub>;

/** An answer of the API: its status, its headers, and the body as JSON (undefined without one). */
export interface Answer {
	status: number;
	headers: Headers;
	body: unknown;
}

/** Thrown by `TestClient.get/post/…` for an answer that is a problem. */
export class ProblemError extends Error {
	readonly problem: Problem;
	constructor(document: Problem) {
		super(`${document.code}: ${document.title} ${document.detail ?? ''}`);
		this.problem = document;
	}
	get code(): string {
		return this.problem.code;
	}
}

/** A browser tab as far as the hub can tell: one sign-in, its cookies, and its sockets. */
export class TestClient {
	readonly url: string;
	readonly pageId = randomUUID();
	/** Cookies by name; share the map between two clients to have two tabs of one browser. */
	readonly cookies: Map<string, string>;
	/** Sent with every request. */
	readonly headers: Record<string, string> = {};
	token = '';
	signInId = '';

	constructor(url: string, cookies = new Map<string, string>()) {
		this.url = url;
		this.cookies = cookies;
	}

	async signIn(name: string, password: string): Promise<z.infer<typeof signInAnswer>> {
		return this.#admitted(await this.post('/auth/sign-in', { name, password }));
	}

	async refresh(): Promise<z.infer<typeof signInAnswer>> {
		return this.#admitted(await this.post('/auth/refresh', { signInId: this.signInId }));
	}

	async me(): Promise<Me> {
		return me.parse(await this.get('/me'));
	}

	get(path: string): Promise<unknown> {
		return this.#expectSuccess('GET', path);
	}
	post(path: string, body?: unknown): Promise<unknown> {
		return this.#expectSuccess('POST', path, body);
	}
	patch(path: string, body?: unknown): Promise<unknown> {
		return this.#expectSuccess('PATCH', path, body);
	}
	put(path: string, body?: unknown): Promise<unknown> {
		return this.#expectSuccess('PUT', path, body);
	}
	delete(path: string): Promise<unknown> {
		return this.#expectSuccess('DELETE', path);
	}

	/** Sends anything and returns whatever comes back. A string or bytes go as they are. */
	async send(
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<Answer> {
		const response = await fetch(path.startsWith('http') ? path : `${this.url}/api/v1${path}`, {
			method,
			headers: {
				...this.headers,
				...(this.token && { authorization: `Bearer ${this.token}` }),
				...(this.cookies.size > 0 && {
					cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
				}),
				...(body !== undefined && { 'content-type': 'application/json' }),
				...headers,
			},
			...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		});
		for (const line of response.headers.getSetCookie()) this.#keepCookie(line);
		const text = await response.text();
		const isJson = /json/.test(response.headers.get('content-type') ?? '');
		return {
			status: response.status,
			headers: response.headers,
			body: isJson && text !== '' ? JSON.parse(text) : undefined,
		};
	}

	/** The problem that a request is refused with. */
	async refused(
		method: string,
		path: string,
		body?: unknown,
		headers?: Record<string, string>,
	): Promise<Problem> {
		const answer = await this.send(method, path, body, headers);
		if (answer.status < 400) throw new Error(`${method} ${path} was not refused`);
		return problem.parse(answer.body);
	}

	/** A connected socket of namespace `/hub`. The caller closes it. */
	async socket(
		more: { windowId?: string | null; pageId?: string; token?: string; url?: string } = {},
	): Promise<TestSocket> {
		const socket: TestSocket = io(`${more.url ?? this.url}${HUB_NAMESPACE}`, {
			transports: ['websocket'],
			forceNew: true,
			reconnection: false,
			auth: {
				token: more.token ?? this.token,
				pageId: more.pageId ?? this.pageId,
				windowId: more.windowId ?? null,
			},
		});
		await new Promise<void>((resolve, reject) => {
			socket.once('connect', resolve);
			// A hub that is killed between the transport's handshake and the namespace's is no connect_error.
			socket.once('disconnect', (reason) => {
				reject(new Error(`the socket was closed: ${reason}`));
			});
			socket.once('connect_error', (error) => {
				socket.close();
				const data = 'data' in error ? problem.safeParse(error.data) : undefined;
				reject(data?.success ? new ProblemError(data.data) : error);
			});
		});
		return socket;
	}

	async #expectSuccess(method: string, path: string, body?: unknown): Promise<unknown> {
		const answer = await this.send(method, path, body);
		if (answer.status >= 400) throw new ProblemError(problem.parse(answer.body));
		return answer.body;
	}

	#admitted(body: unknown): z.infer<typeof signInAnswer> {
		const answer = signInAnswer.parse(body);
		this.token = answer.accessToken;
		this.signInId = answer.signInId;
		return answer;
	}

	#keepCookie(line: string): void {
		const [pair = ''] = line.split(';');
		const at = pair.indexOf('=');
		const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
		if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(name);
		else this.cookies.set(name, value);
	}
}

/** Sends one request over a socket and returns the data of its acknowledgement, or throws its problem. */
export async function ask<N extends HubRequestName>(
	socket: TestSocket,
	event: N,
	payload: z.input<HubRequests[N]['payload']>,
): Promise<z.output<HubRequests[N]['data']>> {
	const raw = await new Promise<unknown>((resolve, reject) => {
		const untyped: Socket = socket;
		untyped.timeout(10_000).emit(event, payload, (error: Error | null, answer: unknown) => {
			if (error) reject(error);
			else resolve(answer);
		});
	});
	const answer = ackOf(hubRequests[event].data).parse(raw) as Ack<z.output<HubRequests[N]['data']>>;
	if (!answer.ok) throw new ProblemError(answer.error);
	return answer.data;
}
