import type { Problem } from '@counter-hub/shared/errors/problem.ts';
import { problem } from '@counter-hub/shared/errors/problem.ts';
import {
	MEDIA_NAMESPACE,
	mediaNotices,
	mediaRequests,
	type MediaHandshake,
} from '@counter-hub/shared/media/mediaProtocol.ts';
import { ackOf } from '@counter-hub/shared/realtime/ack.ts';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { CONNECT_TIMEOUT_MS, RECONNECT_MAX_MS, RECONNECT_MIN_MS, REQUEST_TIMEOUT_MS } from './mediaLimits.ts';
import { MediaError } from './mediaTypes.ts';
import { clientProblem } from './problems.ts';

type Requests = typeof mediaRequests;
type Notices = typeof mediaNotices;

/** One handler per notice of the protocol, and what happens to the socket itself. */
export type MediaSocketHandlers = {
	[K in keyof Notices]: (payload: z.infer<Notices[K]>) => void;
} & {
	/** Lost; it is being reconnected without anybody's help. */
	lost: () => void;
	/** Refused by the node; nothing more happens until `reconnect()`. */
	refused: (problem: Problem) => void;
};

/** The signalling connection to a media node: validated notices in, validated acknowledgements back. */
export class MediaSocket {
	readonly #socket: Socket;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(signalUrl: string, handshake: () => MediaHandshake, handlers: MediaSocketHandlers) {
		this.#socket = io(`${signalUrl}${MEDIA_NAMESPACE}`, {
			transports: ['websocket'],
			forceNew: true,
			reconnectionDelay: RECONNECT_MIN_MS,
			reconnectionDelayMax: RECONNECT_MAX_MS,
			randomizationFactor: 0.2,
			timeout: CONNECT_TIMEOUT_MS,
			auth: (callback) => {
				callback(handshake());
			},
		});
		this.#socket.on('disconnect', (reason) => {
			// The node closes a socket that it has refused or replaced; whoever shall come back was told before.
			if (reason === 'io client disconnect') return;
			handlers.lost();
			if (reason === 'io server disconnect') this.reconnect(RECONNECT_MAX_MS);
		});
		this.#socket.on('connect_error', (error) => {
			if (this.#socket.active) {
				handlers.lost();
				return;
			}
			const refusal = problem.safeParse('data' in error ? error.data : undefined);
			handlers.refused(refusal.success ? refusal.data : clientProblem('timeout', error.message));
		});
		for (const [event, schema] of Object.entries(mediaNotices)) {
			const handler = handlers[event as keyof Notices] as (payload: unknown) => void;
			this.#socket.on(event, (payload: unknown) => {
				const parsed = schema.safeParse(payload);
				// A newer node may say what this page does not know yet.
				if (parsed.success) handler(parsed.data);
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

	reconnect(afterMs: number): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#socket.connect(), afterMs);
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#socket.disconnect();
	}
}
