import { problem } from '@counter-hub/shared/errors/problem.ts';
import {
	NODE_HEARTBEAT_MS,
	NODES_NAMESPACE,
	nodeCommands,
	nodeRequests,
	type NodeFact,
	type NodeHandshake,
} from '@counter-hub/shared/media/nodeProtocol.ts';
import { ackOf } from '@counter-hub/shared/realtime/ack.ts';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import type { Limits } from '../limits.ts';
import type { Logger } from '../platform/logger.ts';
import type { Rooms } from '../rooms/Rooms.ts';
import { answerRequests } from '../signalling/answer.ts';
import type { HubClock } from './HubClock.ts';

type Requests = typeof nodeRequests;

export interface HubLinkOptions {
	readonly url: string;
	readonly ca: string | undefined;
	readonly handshake: NodeHandshake;
	readonly rooms: Rooms;
	readonly clock: HubClock;
	readonly workers: () => number;
	readonly limits: Limits;
	readonly logger: Logger;
	/** Called after every greeting that a hub has answered. */
	readonly onGreeted: () => void;
}

const RECONNECT_MIN_MS = 50;
const RECONNECT_MAX_MS = 1_000;
const REFUSED_RETRY_MS = 5_000;

/** The connection to one hub: greeting, heartbeats and facts out, commands in. Reconnects for ever. */
export class HubLink {
	readonly #options: HubLinkOptions;
	readonly #socket: Socket;
	#heartbeat: NodeJS.Timeout | undefined;
	#retry: NodeJS.Timeout | undefined;
	#greeted = false;

	constructor(options: HubLinkOptions) {
		this.#options = options;
		const { url, ca, handshake, rooms, logger } = options;
		this.#socket = io(`${url}${NODES_NAMESPACE}`, {
			auth: handshake,
			transports: ['websocket'],
			forceNew: true,
			reconnectionDelay: RECONNECT_MIN_MS,
			reconnectionDelayMax: RECONNECT_MAX_MS,
			...(ca !== undefined && { ca }),
		});
		this.#socket.on('connect', () => void this.#greet());
		this.#socket.on('disconnect', (reason) => {
			this.#greeted = false;
			clearInterval(this.#heartbeat);
			logger.warn({ hub: url, reason }, 'hub lost');
			if (reason === 'io server disconnect') this.#retryLater();
		});
		this.#socket.on('connect_error', (error) => {
			if (this.#socket.active) return;
			const refusal = problem.safeParse('data' in error ? error.data : undefined);
			logger.error({ hub: url, code: refusal.data?.code ?? error.message }, 'the hub refuses this node');
			this.#retryLater();
		});
		answerRequests(
			this.#socket,
			nodeCommands,
			{
				'room:grant': ({ token }) => ({ applied: rooms.grant(token) }),
				'room:remove': ({ roomId, participantId, reason, version }) => {
					rooms.remove(roomId, participantId, reason, version);
					return {};
				},
				'room:close': ({ roomId }) => {
					rooms.closeRoom(roomId);
					return {};
				},
			},
			{ logger },
		);
	}

	/** Connected and greeted. */
	get up(): boolean {
		return this.#greeted;
	}

	/** True when this hub has acknowledged the fact. */
	async deliver(fact: NodeFact): Promise<boolean> {
		return this.#greeted && (await this.#ask('node:fact', fact)) !== null;
	}

	close(): void {
		clearInterval(this.#heartbeat);
		clearTimeout(this.#retry);
		this.#socket.disconnect();
	}

	async #greet(): Promise<void> {
		const { rooms, onGreeted, logger, url } = this.#options;
		const answered = await this.#ask('node:hello', { rooms: rooms.describe() });
		if (!this.#socket.connected) return;
		if (!answered) {
			this.#retry = setTimeout(() => void this.#greet(), RECONNECT_MAX_MS);
			return;
		}
		this.#greeted = true;
		logger.info({ hub: url }, 'hub greeted');
		clearInterval(this.#heartbeat);
		this.#heartbeat = setInterval(() => void this.#beat(), NODE_HEARTBEAT_MS);
		onGreeted();
	}

	async #beat(): Promise<void> {
		const { rooms, workers, clock } = this.#options;
		const sentAt = Date.now();
		const load = { sentAt, rooms: rooms.size, peers: rooms.peerCount, workers: workers() };
		const answer = await this.#ask('node:heartbeat', load);
		if (answer) clock.learn(sentAt, Date.now(), answer.hubTime);
	}

	/** The hub's answer; null when it refuses or does not answer (both are logged). */
	async #ask<K extends keyof Requests>(
		event: K,
		payload: z.input<Requests[K]['payload']>,
	): Promise<z.infer<Requests[K]['data']> | null> {
		const { logger, limits, url } = this.#options;
		try {
			const answer: unknown = await this.#socket.timeout(limits.hubAnswerMs).emitWithAck(event, payload);
			const ack = ackOf(nodeRequests[event].data).parse(answer);
			if (ack.ok) return ack.data as z.infer<Requests[K]['data']>;
			logger.error({ hub: url, event, code: ack.error.code }, 'the hub refuses');
		} catch (error) {
			logger.warn({ hub: url, event, err: error }, 'no answer from the hub');
		}
		return null;
	}

	#retryLater(): void {
		clearTimeout(this.#retry);
		this.#retry = setTimeout(() => this.#socket.connect(), REFUSED_RETRY_MS);
	}
}
