import { randomBytes, timingSafeEqual } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { RtpCapabilities } from '@counter-hub/shared/media/rtp.ts';
import type { Limits } from '../limits.ts';
import { Deadline } from '../platform/Deadline.ts';
import type { Seat } from '../rooms/Seat.ts';
import type { MediaWorker } from '../workers/MediaWorker.ts';
import { LineTransports } from './LineTransports.ts';
import type { AttachedSocket, Notice, NoticeName, PageLine } from './PageLine.ts';

interface LineEvents {
	/** No seat is left on it, or its page did not come back. */
	closed: [];
}

/**
 * One page's line to this node: its socket, its transports on each worker and its seats in as many rooms as it likes.
 * It survives the loss of the socket for a while, and with it every seat.
 */
export class Line extends EventEmitter<LineEvents> implements PageLine {
	readonly pageId: string;
	readonly resumeSecret = randomBytes(24).toString('base64url');
	readonly #limits: Limits;
	readonly #seats = new Map<string, Seat>();
	readonly #transports = new Map<MediaWorker, Promise<LineTransports>>();
	#capabilities: RtpCapabilities | null = null;
	#socket: AttachedSocket | null = null;
	/** Rooms being entered: the line is not empty yet. */
	#entering = 0;
	readonly #grace = new Deadline();
	#closed = false;

	constructor(pageId: string, limits: Limits) {
		super();
		this.pageId = pageId;
		this.#limits = limits;
	}

	get attached(): boolean {
		return this.#socket !== null;
	}
	get capabilities(): RtpCapabilities | null {
		return this.#capabilities;
	}
	get closed(): boolean {
		return this.#closed;
	}
	get seats(): Iterable<Seat> {
		return this.#seats.values();
	}

	seatFor(roomId: string): Seat | undefined {
		return this.#seats.get(roomId);
	}

	/** This page's seat in that room. Throws `wrongRoom` when it has none. */
	seatIn(roomId: string): Seat {
		const seat = this.#seats.get(roomId);
		if (!seat) throw new AppError('wrongRoom');
		return seat;
	}

	mayResume(pageId: string, secret: string | undefined): boolean {
		if (this.#closed || pageId !== this.pageId || secret?.length !== this.resumeSecret.length) return false;
		return timingSafeEqual(Buffer.from(secret), Buffer.from(this.resumeSecret));
	}

	/** A second socket of the same page takes over from the first. */
	attach(socket: AttachedSocket): void {
		if (this.#closed) return;
		this.#grace.clear();
		this.#socket = socket;
		this.#tellSeats();
	}

	/** Its socket was lost; it may be resumed for a while. Ignored when another socket has taken over. */
	detach(socket: AttachedSocket): void {
		if (this.#socket !== socket || this.#closed) return;
		this.#socket = null;
		this.#startGrace();
		this.#tellSeats();
	}

	/** Has its page come back and learn anew how things stand; media go on. */
	dropSocket(): void {
		this.#socket?.drop();
	}

	notify = <K extends NoticeName>(event: K, payload: Notice<K>): void => {
		this.#socket?.notify(event, payload);
	};

	notifyVolatile = <K extends NoticeName>(event: K, payload: Notice<K>): void => {
		this.#socket?.notifyVolatile(event, payload);
	};

	deliver = async <K extends NoticeName>(event: K, payload: Notice<K>, withinMs: number): Promise<boolean> =>
		(await this.#socket?.deliver(event, payload, withinMs)) ?? false;

	/** Its seat knows by itself. */
	granted(): void {
		return undefined;
	}

	/** What the page can receive; said again it replaces what was said before, for streams to come. */
	setCapabilities(capabilities: RtpCapabilities): void {
		const first = this.#capabilities === null;
		this.#capabilities = capabilities;
		if (first) this.#tellSeats();
	}

	async transportsOn(worker: MediaWorker): Promise<LineTransports> {
		for (const known of this.#transports.keys()) if (known.closed) this.#transports.delete(known);
		let making = this.#transports.get(worker);
		if (!making) {
			making = this.#makeTransports(worker);
			this.#transports.set(worker, making);
			making.catch(() => this.#transports.delete(worker));
		}
		const transports = await making;
		if (this.#closed) transports.close();
		if (transports.closed) throw new AppError('roomUnavailable');
		return transports;
	}

	/** The transports that the page knows by this worker's id. Throws `roomUnavailable` when it is gone. */
	async transportsBy(workerId: string): Promise<LineTransports> {
		const found = [...this.#transports].find(([worker]) => worker.id === workerId && !worker.closed);
		if (!found) throw new AppError('roomUnavailable');
		return await found[1];
	}

	/** Keeps the line while a room is being entered, and ends it when that leaves it empty. */
	async entering<T>(work: () => Promise<T>): Promise<T> {
		if (this.#closed) throw new AppError('unavailable');
		this.#entering++;
		try {
			return await work();
		} finally {
			this.#entering--;
			// Its page may have gone before it heard of this.
			if (!this.attached && !this.closed) this.#startGrace();
			this.#closeIfEmpty();
		}
	}

	add(seat: Seat): void {
		const { roomId } = seat;
		this.#seats.set(roomId, seat);
		seat.onClosed(() => {
			if (this.#seats.get(roomId) === seat) this.#seats.delete(roomId);
			this.#closeIfEmpty();
		});
		if (this.#closed) seat.close('connection-lost');
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#grace.clear();
		for (const seat of [...this.#seats.values()]) seat.close('connection-lost');
		for (const making of this.#transports.values()) {
			making.then(
				(transports) => {
					transports.close();
				},
				() => undefined,
			);
		}
		this.#transports.clear();
		this.emit('closed');
		this.#socket = null;
	}

	async #makeTransports(worker: MediaWorker): Promise<LineTransports> {
		const transports = await LineTransports.create(worker, this.#limits.firstOutgoingBitrate);
		transports.onConnected(() => this.#tellSeats());
		return transports;
	}

	#closeIfEmpty(): void {
		if (this.#seats.size === 0 && this.#entering === 0) this.close();
	}

	#tellSeats(): void {
		for (const seat of this.#seats.values()) seat.lineChanged();
	}

	#startGrace(): void {
		this.#grace.set(this.#limits.resumeGraceMs, () => {
			this.close();
		});
	}
}
