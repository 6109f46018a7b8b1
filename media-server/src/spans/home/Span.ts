import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { Request } from '@counter-hub/shared/realtime/ack.ts';
import { spanCommands, type SpanAccount, type spanNotices } from '@counter-hub/shared/media/spanProtocol.ts';
import type { Socket } from 'socket.io';
import type { z } from 'zod';
import type { Limits } from '../../limits.ts';
import { Deadline } from '../../platform/Deadline.ts';
import type { MediaWorker } from '../../workers/MediaWorker.ts';
import { askOver } from '../askOver.ts';
import type { PipeAddress } from '../PipePort.ts';
import type { FarTap } from './FarTap.ts';
import { HomePipe } from './HomePipe.ts';
import type { RemoteLine } from './RemoteLine.ts';

type Commands = typeof spanCommands;
type Notices = typeof spanNotices;

export interface SpanOptions {
	readonly nodeId: string;
	readonly epoch: number;
	readonly limits: Limits;
	readonly address: PipeAddress;
	readonly onClosed: () => void;
}

/**
 * One run of a node whose pages sit in rooms of this one. Like a page's line it survives the loss of its socket for a
 * while; what is piped goes on meanwhile.
 */
export class Span {
	readonly nodeId: string;
	readonly epoch: number;
	readonly seats = new Map<string, RemoteLine>();
	readonly taps = new Map<string, FarTap>();
	readonly #options: SpanOptions;
	/** By the worker here and the one there. */
	readonly #pipes = new Map<string, Promise<HomePipe>>();
	readonly #grace = new Deadline();
	#socket: Socket | null = null;
	#closed = false;

	constructor(options: SpanOptions) {
		this.nodeId = options.nodeId;
		this.epoch = options.epoch;
		this.#options = options;
		this.#startGrace();
	}

	get attached(): boolean {
		return this.#socket !== null;
	}
	get closed(): boolean {
		return this.#closed;
	}

	attach(socket: Socket): void {
		this.#grace.clear();
		this.#socket = socket;
		this.#tellSeats();
	}

	detach(socket: Socket): void {
		if (this.#socket !== socket) return;
		this.#socket = null;
		this.#startGrace();
		this.#tellSeats();
	}

	/** Throws what the node refuses with, or `unavailable`. */
	async command<K extends keyof Commands>(
		event: K,
		payload: z.input<Commands[K]['payload']>,
		withinMs = this.#options.limits.spanAnswerMs,
	): Promise<z.output<Commands[K]['data']>> {
		const command: Request = spanCommands[event];
		return (await askOver(this.#socket, command, { event, payload, withinMs })) as never;
	}

	/** The same where nobody waits: what is lost with the socket is set right when the node resumes. */
	order<K extends keyof Commands>(event: K, payload: z.input<Commands[K]['payload']>): void {
		this.command(event, payload).catch(() => undefined);
	}

	tell<K extends keyof Notices>(event: K, payload: z.input<Notices[K]>): void {
		this.#socket?.emit(event, payload);
	}

	tellVolatile<K extends keyof Notices>(event: K, payload: z.input<Notices[K]>): void {
		this.#socket?.volatile.emit(event, payload);
	}

	/** The way between a worker here and one there, made at the first time. */
	async pipe(worker: MediaWorker, farWorkerId: string): Promise<HomePipe> {
		const key = `${worker.id}/${farWorkerId}`;
		let making = this.#pipes.get(key);
		if (!making) {
			making = HomePipe.open(this, { worker, farWorkerId, address: this.#options.address });
			this.#pipes.set(key, making);
			making.then(
				(pipe) => pipe.onClosed(() => this.#pipes.delete(key)),
				() => this.#pipes.delete(key),
			);
		}
		const pipe = await making;
		if (this.#closed) pipe.close();
		if (pipe.closed) throw new AppError('roomUnavailable');
		return pipe;
	}

	/** The node has come back: what it has forgotten is over here, too. Returns what there is. */
	async resume(held: readonly string[]): Promise<SpanAccount> {
		for (const [seatId, line] of [...this.seats]) if (!held.includes(seatId)) line.leave();
		const opened = await Promise.allSettled(this.#pipes.values());
		const pipes = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value.describe()] : []));
		const seats = [...this.seats].flatMap(([seatId, { token }]) =>
			token === undefined ? [] : [{ seatId, token }],
		);
		return { seats, taps: [...this.taps.keys()], pipes };
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#grace.clear();
		for (const line of [...this.seats.values()]) line.leave();
		for (const making of this.#pipes.values())
			making.then(
				(pipe) => {
					pipe.close();
				},
				() => undefined,
			);
		this.#pipes.clear();
		this.#options.onClosed();
		this.#socket?.disconnect(true);
		this.#socket = null;
	}

	#tellSeats(): void {
		for (const line of this.seats.values()) line.changed();
	}

	#startGrace(): void {
		this.#grace.set(this.#options.limits.resumeGraceMs, () => {
			this.close();
		});
	}
}
