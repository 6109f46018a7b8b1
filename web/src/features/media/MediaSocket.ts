import type { Problem } from '@counter-hub/shared/errors/problem.ts';
import { problem } from '@counter-hub/shared/errors/problem.ts';
import {
	MEDIA_NAMESPACE,
	mediaNotices,
	mediaRequests,
	type MediaHandshake,
	type mediaVolatile,
	type Welcome,
} from '@counter-hub/shared/media/mediaProtocol.ts';
import { ackOf } from '@counter-hub/shared/realtime/ack.ts';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { pollNext, watchTransport, WEBSOCKET_ONLY } from '../../platform/transports.ts';
import { CONNECT_TIMEOUT_MS, RECONNECT_MAX_MS, RECONNECT_MIN_MS, REQUEST_TIMEOUT_MS } from './mediaLimits.ts';
import { MediaError } from './mediaTypes.ts';
import { clientProblem } from './problems.ts';

type Requests = typeof mediaRequests;
type Notices = typeof mediaNotices;

type RoomNoticeName = Exclude<keyof Notices, 'welcome'>;

/** One handler per notice about a room. */
export type RoomNotices = {
	[K in RoomNoticeName]: (payload: z.infer<Notices[K]>) => void;
};

export interface MediaSocketHandlers {
	welcome: (welcome: Welcome) => void;
	/** Lost; it is being reconnected without anybody's help. */
	lost: () => void;
	/** Refused by the node; nothing more happens until `reconnect()`. */
	refused: (problem: Problem) => void;
	/** Who hears what is said of that room. */
	of: (roomId: string) => RoomNotices | undefined;
}

/** The signalling connection to a media node: validated notices in, validated acknowledgements back. */
export class MediaSocket {
	readonly #socket: Socket;
	readonly #signalUrl: string;
	readonly #lost: () => void;
	/** Rises whenever it is no longer waited for the node in the way begun before. */
	#turn = 0;

	constructor(signalUrl: string, handshake: () => MediaHandshake, handlers: MediaSocketHandlers) {
		this.#signalUrl = signalUrl;
		this.#lost = handlers.lost;
		this.#socket = io(`${signalUrl}${MEDIA_NAMESPACE}`, {
			transports: WEBSOCKET_ONLY,
			forceNew: true,
			reconnection: false,
			timeout: CONNECT_TIMEOUT_MS,
			auth: (callback) => {
				callback(handshake());
			},
		});
		watchTransport(this.#socket);
		this.#socket.on('disconnect', (reason) => {
			// The node closes a socket that it has refused or replaced; whoever shall come back was told before.
			if (reason === 'io client disconnect') return;
			handlers.lost();
			this.reconnect(reason === 'io server disconnect' ? RECONNECT_MAX_MS : RECONNECT_MIN_MS);
		});
		this.#socket.on('connect_error', (error) => {
			if (this.#socket.active) {
				pollNext(this.#socket);
				handlers.lost();
				this.reconnect(RECONNECT_MAX_MS);
				return;
			}
			const refusal = problem.safeParse('data' in error ? error.data : undefined);
			handlers.refused(refusal.success ? refusal.data : clientProblem('timeout', error.message));
		});
		// A newer node may say what this page does not know yet.
		this.#socket.on('welcome', (payload: unknown) => {
			const parsed = mediaNotices.welcome.safeParse(payload);
			if (parsed.success) handlers.welcome(parsed.data);
		});
		const { welcome: _first, ...roomNotices } = mediaNotices;
		for (const [event, schema] of Object.entries(roomNotices)) {
			this.#socket.on(event, (payload: unknown, arrived?: unknown) => {
				const parsed = schema.safeParse(payload);
				const hearer = parsed.success ? handlers.of(parsed.data.roomId) : undefined;
				const handler = hearer?.[event as RoomNoticeName] as ((data: unknown) => void) | undefined;
				if (handler && parsed.success) handler.call(hearer, parsed.data);
				// What nobody here takes is not paced by saying that it has come.
				if (handler && isAnswer(arrived)) arrived();
			});
		}
	}

	get connected(): boolean {
		return this.#socket.connected;
	}

	/** Rejects with MediaError: the node's refusal, or SYS-9003 without an answer. */
	async request<K extends keyof Requests>(
		event: K,
		payload: z.input<Requests[K]['payload']>,
	): Promise<z.infer<Requests[K]['data']>> {
		if (!this.#socket.connected) throw new MediaError(clientProblem('timeout', 'not connected'));
		let answer: unknown;
		try {
			answer = await this.#socket.timeout(REQUEST_TIMEOUT_MS).emitWithAck(event, payload);
		} catch (error) {
			throw new MediaError(clientProblem('timeout', error instanceof Error ? error.message : String(error)));
		}
		const ack = ackOf(mediaRequests[event].data).parse(answer);
		if (ack.ok) return ack.data as z.infer<Requests[K]['data']>;
		throw new MediaError(ack.error);
	}

	/** Neither acknowledged nor repeated; dropped when the line cannot take it now. */
	say(message: z.input<(typeof mediaVolatile)['say']>): void {
		if (this.#socket.connected) this.#socket.volatile.emit('say', message);
	}

	/** True when the node answers within that time, whatever it says; also once the socket was lost meanwhile. */
	async answers(withinMs: number): Promise<boolean> {
		const turn = this.#turn;
		try {
			await this.#socket.timeout(withinMs).emitWithAck('line:check', {});
			return true;
		} catch {
			return turn !== this.#turn;
		}
	}

	/** Gives this socket up, whatever it believes of itself, and opens the next one. */
	renew(): void {
		this.#socket.disconnect();
		this.#lost();
		this.reconnect(0);
	}

	reconnect(afterMs: number): void {
		void this.#return(++this.#turn, afterMs);
	}

	close(): void {
		this.#turn++;
		this.#socket.disconnect();
	}

	/**
	 * A browser holds WebSockets to a host back, for seconds, after some have failed there. So a node that is away is asked
	 * for by plain requests, the more seldom the longer it is away, and the socket is opened once it answers.
	 */
	async #return(turn: number, afterMs: number): Promise<void> {
		const since = performance.now();
		for (let wait = afterMs; ; wait = nextWait(since)) {
			await new Promise((resolve) => setTimeout(resolve, wait * (0.8 + 0.4 * Math.random())));
			if (turn !== this.#turn) return;
			if (!(await this.#isThere())) continue;
			if (turn === this.#turn) this.#socket.connect();
			return;
		}
	}

	async #isThere(): Promise<boolean> {
		try {
			const signal = AbortSignal.timeout(CONNECT_TIMEOUT_MS);
			await fetch(`${this.#signalUrl}/healthz`, { mode: 'no-cors', cache: 'no-store', signal });
			return true;
		} catch {
			return false;
		}
	}
}

const isAnswer = (value: unknown): value is () => void => typeof value === 'function';

/** An eighth of what has gone by since then (by the page's steady clock: a PC's may jump), within bounds. */
const nextWait = (since: number) =>
	Math.max(RECONNECT_MIN_MS, Math.min((performance.now() - since) / 8, RECONNECT_MAX_MS));
