import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import {
	SPANS_NAMESPACE,
	spanCommands,
	spanNotices,
	spanRequests,
	type SpanAccount,
	type SpanHandshake,
	type spanNews,
} from '@counter-hub/shared/media/spanProtocol.ts';
import type { Request } from '@counter-hub/shared/realtime/ack.ts';
import {
	answerRequests,
	endpointsOf,
	type RequestHandlers,
} from '@counter-hub/shared/server/answerRequests.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import type { Limits } from '../../limits.ts';
import { Deadline } from '../../platform/Deadline.ts';
import { toAppError } from '../../signalling/toAppError.ts';
import { askOver } from '../askOver.ts';

type Requests = typeof spanRequests;
type News = typeof spanNews;

export interface HomeLinkOptions {
	readonly url: string;
	readonly ca: string | undefined;
	readonly handshake: SpanHandshake;
	readonly limits: Limits;
	readonly logger: Logger;
	/** What the home orders. */
	readonly commands: RequestHandlers<typeof spanCommands>;
	readonly onNotice: (notice: z.output<(typeof spanNotices)['seat:notice']>) => void;
	readonly onGranted: (seatId: string, token: string) => void;
	readonly onSeatClosed: (seatId: string) => void;
	/** Seats that stand here, and what to do when the home has said what it holds. */
	readonly held: () => string[];
	readonly onResumed: (account: SpanAccount, isFirst: boolean) => void;
}

const RECONNECT_MIN_MS = 50;
const RECONNECT_MAX_MS = 500;
const REFUSED_RETRY_MS = 5_000;

/** The line to a node where rooms stand in which pages of this node sit. Reconnects for ever. */
export class HomeLink {
	readonly url: string;
	readonly #options: HomeLinkOptions;
	readonly #socket: Socket;
	readonly #retry = new Deadline();
	#resumed = false;
	#wasUp = false;
	#changed: PromiseWithResolvers<void> = Promise.withResolvers();

	constructor(options: HomeLinkOptions) {
		this.url = options.url;
		this.#options = options;
		const { url, ca, handshake, logger, commands } = options;
		this.#socket = io(`${url}${SPANS_NAMESPACE}`, {
			auth: handshake,
			transports: ['websocket'],
			forceNew: true,
			reconnectionDelay: RECONNECT_MIN_MS,
			reconnectionDelayMax: RECONNECT_MAX_MS,
			...(ca !== undefined && { ca }),
		});
		this.#socket.on('connect', () => void this.#resume());
		this.#socket.on('disconnect', (reason) => {
			this.#resumed = false;
			logger.warn({ home: url, reason }, 'the node where rooms stand is lost');
			if (reason === 'io server disconnect') this.#socket.connect();
		});
		this.#socket.on('connect_error', (error) => {
			if (this.#socket.active) return;
			logger.error({ home: url, err: error }, 'another node refuses this one');
			this.#retry.set(REFUSED_RETRY_MS, () => this.#socket.connect());
		});
		const notices = {
			'seat:notice': (payload: unknown) => {
				const notice = spanNotices['seat:notice'].safeParse(payload).data;
				if (notice) options.onNotice(notice);
			},
			'seat:granted': (payload: unknown) => {
				const granted = spanNotices['seat:granted'].safeParse(payload).data;
				if (granted) options.onGranted(granted.seatId, granted.token);
			},
			'seat:closed': (payload: unknown) => {
				const closed = spanNotices['seat:closed'].safeParse(payload).data;
				if (closed) options.onSeatClosed(closed.seatId);
			},
		};
		const isNotice = (event: string): event is keyof typeof notices => Object.hasOwn(notices, event);
		const orders = {
			onAny: (listener: (event: string, ...args: unknown[]) => void) =>
				this.#socket.onAny((event: string, ...args: unknown[]) => {
					if (isNotice(event)) notices[event](args[0]);
					else listener(event, ...args);
				}),
		};
		answerRequests(orders, {
			endpoints: endpointsOf(spanCommands, commands),
			toAppError: (error, event) => toAppError(error, logger, event),
		});
	}

	/** Throws what the home refuses with, or `unavailable`. */
	async ask<K extends keyof Requests>(
		event: K,
		payload: z.input<Requests[K]['payload']>,
	): Promise<z.output<Requests[K]['data']>> {
		const request: Request = spanRequests[event];
		const socket = this.#resumed || event === 'span:resume' ? this.#socket : null;
		const withinMs = this.#options.limits.spanAnswerMs;
		return (await askOver(socket, request, { event, payload, withinMs })) as never;
	}

	/** The same where nobody waits: what is lost is set right by resuming. */
	tell<K extends keyof Requests>(event: K, payload: z.input<Requests[K]['payload']>): void {
		this.ask(event, payload).catch(() => undefined);
	}

	say<K extends keyof News>(event: K, payload: z.input<News[K]>): void {
		if (this.#resumed) this.#socket.volatile.emit(event, payload);
	}

	/** Resolves when the home is there. Throws `unavailable` when it does not come in time. */
	async ready(): Promise<void> {
		const late = new AbortController();
		const timer = sleep(this.#options.limits.homePatienceMs, 'late', { ref: false, signal: late.signal });
		timer.catch(() => undefined);
		while (!this.#resumed)
			if ((await Promise.race([this.#changed.promise, timer])) === 'late') throw new AppError('unavailable');
		late.abort();
	}

	close(): void {
		this.#retry.clear();
		this.#socket.disconnect();
	}

	async #resume(): Promise<void> {
		const { held, onResumed, logger, url } = this.#options;
		try {
			const account = await this.ask('span:resume', { seats: held() });
			this.#resumed = true;
			onResumed(account, !this.#wasUp);
			this.#wasUp = true;
			this.#changed.resolve();
			this.#changed = Promise.withResolvers();
		} catch (error) {
			logger.warn({ home: url, err: error }, 'another node does not answer; tried again');
			this.#socket.disconnect().connect();
		}
	}
}
