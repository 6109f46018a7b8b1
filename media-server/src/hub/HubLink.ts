import { ERROR_CATALOGUE } from '@counter-hub/shared/errors/errorCatalogue.ts';
import { problem } from '@counter-hub/shared/errors/problem.ts';
import {
	NEWS_FACTS_MAX,
	NODE_HEARTBEAT_MS,
	NODES_NAMESPACE,
	nodeCommands,
	nodeRequests,
	type NodeFact,
	type NodeHandshake,
} from '@counter-hub/shared/media/nodeProtocol.ts';
import { ackOf } from '@counter-hub/shared/realtime/ack.ts';
import { answerRequests, endpointsOf } from '@counter-hub/shared/server/answerRequests.ts';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import type { Limits } from '../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { Rooms } from '../rooms/Rooms.ts';
import { toAppError } from '../signalling/toAppError.ts';
import type { Delivery } from './FactQueue.ts';
import { steadyNow, type RemoteClock } from '@counter-hub/shared/server/RemoteClock.ts';

type Requests = typeof nodeRequests;

export interface HubLinkOptions {
	readonly url: string;
	readonly ca: string | undefined;
	readonly handshake: NodeHandshake;
	readonly rooms: Rooms;
	/** Number of the last fact of this node. */
	readonly lastFact: () => number;
	readonly clock: RemoteClock;
	readonly workers: () => number;
	readonly limits: Limits;
	readonly logger: Logger;
	/** Called after every greeting that a hub has answered. */
	readonly onGreeted: () => void;
}

const RECONNECT_MIN_MS = 50;
const RECONNECT_MAX_MS = 1_000;
const REFUSED_RETRY_MS = 5_000;
const GREET_AGAIN_MS = 1_000;
const NO_ANSWER = ERROR_CATALOGUE.timeout.code;
/** The same fact may be taken another time (docs/protocol.md, H-7). */
const NOT_NOW: ReadonlySet<string> = new Set(
	(['tooManyRequests', 'queueFull', 'unavailable', 'databaseUnavailable', 'timeout'] as const).map(
		(key) => ERROR_CATALOGUE[key].code,
	),
);

/** The connection to one hub: greeting, heartbeats and facts out, commands in. Reconnects for ever. */
export class HubLink {
	readonly #options: HubLinkOptions;
	readonly #socket: Socket;
	#heartbeat: NodeJS.Timeout | undefined;
	#retry: NodeJS.Timeout | undefined;
	#greeted = false;
	/** What is to be told next; null while the next greeting says it all. */
	#news: NodeFact[] | null = null;

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
			const wasGreeted = this.#greeted;
			this.#greeted = false;
			this.#news = null;
			clearInterval(this.#heartbeat);
			logger.warn({ hub: url, reason }, 'hub lost');
			// A hub that knew us has cut us off because this process stood still: it is back now.
			if (reason === 'io server disconnect')
				this.#connectIn(wasGreeted ? RECONNECT_MIN_MS : REFUSED_RETRY_MS);
		});
		this.#socket.on('connect_error', (error) => {
			if (this.#socket.active) return;
			const refusal = problem.safeParse('data' in error ? error.data : undefined);
			const { code = error.message, detail, fields } = refusal.data ?? {};
			logger.error({ hub: url, code, detail, fields }, 'the hub refuses this node');
			this.#connectIn(REFUSED_RETRY_MS);
		});
		answerRequests(this.#socket, {
			endpoints: endpointsOf(nodeCommands, {
				'room:grant': ({ token }) => ({ applied: rooms.grant(token) }),
				'room:remove': ({ roomId, participantId, reason, version }) => {
					rooms.remove(roomId, participantId, reason, version);
					return {};
				},
				'room:look': ({ roomId }) => {
					const room = rooms.find(roomId);
					return { participants: room?.attending ?? [], rebuilding: room?.rebuilding ?? false };
				},
				'room:moved': ({ roomId, version }) => {
					rooms.move(roomId, version);
					return {};
				},
				'room:close': ({ roomId }) => {
					rooms.closeRoom(roomId);
					return {};
				},
			}),
			toAppError: (error, event) => toAppError(error, logger, event),
		});
	}

	/** Connected and greeted. */
	get up(): boolean {
		return this.#greeted;
	}

	/** Tells this hub what has happened, together with what else happens in this turn. */
	tell(fact: NodeFact): void {
		if (!this.#news) return;
		this.#news.push(fact);
		if (this.#news.length === 1) setImmediate(() => void this.#flush());
	}

	/** Asks this hub to put the fact on record. */
	async deliver(fact: NodeFact): Promise<Delivery> {
		// What the fact means may depend on who is in the room now.
		void this.#flush();
		const answer = await this.#ask('node:fact', fact);
		if (answer.ok) return 'taken';
		return NOT_NOW.has(answer.code) ? 'later' : 'refused';
	}

	close(): void {
		clearInterval(this.#heartbeat);
		clearTimeout(this.#retry);
		this.#socket.disconnect();
	}

	async #greet(): Promise<void> {
		const { rooms, lastFact, onGreeted, logger, url } = this.#options;
		// Both at one moment; what happens from here on is news.
		this.#news = [];
		const { ok } = await this.#ask('node:hello', { rooms: rooms.describe(), upTo: lastFact() });
		if (!this.#socket.connected) return;
		if (!ok) {
			this.#greetLater();
			return;
		}
		this.#greeted = true;
		logger.info({ hub: url }, 'hub greeted');
		clearInterval(this.#heartbeat);
		this.#heartbeat = setInterval(() => void this.#beat(), NODE_HEARTBEAT_MS);
		onGreeted();
	}

	async #flush(): Promise<void> {
		const facts = this.#news?.splice(0, NEWS_FACTS_MAX) ?? [];
		if (facts.length === 0) return;
		if (this.#news && this.#news.length > 0) setImmediate(() => void this.#flush());
		const { ok } = await this.#ask('node:news', { facts });
		// What this hub believes about the rooms has a gap now.
		if (!ok && this.#socket.connected) this.#greetLater();
	}

	#greetLater(): void {
		this.#news = null;
		clearTimeout(this.#retry);
		this.#retry = setTimeout(() => {
			if (this.#socket.connected) void this.#greet();
		}, GREET_AGAIN_MS);
	}

	async #beat(): Promise<void> {
		const { rooms, workers, clock } = this.#options;
		const sentAt = steadyNow();
		const load = { sentAt, rooms: rooms.size, peers: rooms.peerCount, workers: workers() };
		const answer = await this.#ask('node:heartbeat', load);
		if (answer.ok) clock.learn(sentAt, steadyNow(), answer.data.hubTime);
	}

	/** The hub's answer; a refusal and silence are logged. */
	async #ask<K extends keyof Requests>(
		event: K,
		payload: z.input<Requests[K]['payload']>,
	): Promise<{ ok: true; data: z.infer<Requests[K]['data']> } | { ok: false; code: string }> {
		const { logger, limits, url } = this.#options;
		try {
			const answer: unknown = await this.#socket.timeout(limits.hubAnswerMs).emitWithAck(event, payload);
			const ack = ackOf(nodeRequests[event].data).parse(answer);
			if (ack.ok) return { ok: true, data: ack.data as z.infer<Requests[K]['data']> };
			logger.error({ hub: url, event, code: ack.error.code }, 'the hub refuses');
			return { ok: false, code: ack.error.code };
		} catch (error) {
			logger.warn({ hub: url, event, err: error }, 'no answer from the hub');
			return { ok: false, code: NO_ANSWER };
		}
	}

	#connectIn(ms: number): void {
		clearTimeout(this.#retry);
		this.#retry = setTimeout(() => this.#socket.connect(), ms);
	}
}
