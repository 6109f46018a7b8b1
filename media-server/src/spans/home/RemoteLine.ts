import type { LineState } from '@counter-hub/shared/media/spanProtocol.ts';
import type { RtpCapabilities } from '@counter-hub/shared/media/rtp.ts';
import type { Notice, NoticeName, PageLine } from '../../lines/PageLine.ts';
import { RoomSeat } from '../../rooms/RoomSeat.ts';
import type { Seat } from '../../rooms/Seat.ts';
import type { MediaWorker } from '../../workers/MediaWorker.ts';
import { RemoteTransports } from './RemoteTransports.ts';
import type { Span } from './Span.ts';

/** The line of a page that has come in by another node, with its one seat here. */
export class RemoteLine implements PageLine {
	readonly seatId: string;
	readonly pageId: string;
	readonly #span: Span;
	readonly #farWorkerId: string;
	#state: LineState;
	#seat: Seat | undefined;

	constructor(span: Span, given: { seatId: string; pageId: string; workerId: string; line: LineState }) {
		this.seatId = given.seatId;
		this.pageId = given.pageId;
		this.#span = span;
		this.#farWorkerId = given.workerId;
		this.#state = given.line;
	}

	get attached(): boolean {
		return this.#span.attached && this.#state.attached;
	}
	get connected(): boolean {
		return this.#state.connected;
	}
	get capabilities(): RtpCapabilities | null {
		return this.#state.capabilities;
	}
	/** The grant in force; undefined while its page is being let in. */
	get token(): string | undefined {
		return this.#seat instanceof RoomSeat ? this.#seat.grant.token : undefined;
	}
	get seat(): Seat | undefined {
		return this.#seat;
	}

	take(state: LineState): void {
		this.#state = state;
		this.changed();
	}

	/** Its page, or its node, has come or gone. */
	changed(): void {
		this.#seat?.lineChanged();
	}

	notify = <K extends NoticeName>(event: K, payload: Notice<K>): void => {
		this.#span.tell('seat:notice', { seatId: this.seatId, event, payload, volatile: false });
	};

	notifyVolatile = <K extends NoticeName>(event: K, payload: Notice<K>): void => {
		this.#span.tellVolatile('seat:notice', { seatId: this.seatId, event, payload, volatile: true });
	};

	deliver = async <K extends NoticeName>(
		event: K,
		payload: Notice<K>,
		withinMs: number,
	): Promise<boolean> => {
		const order = { seatId: this.seatId, event, payload, withinMs };
		return await this.#span.command('seat:deliver', order, withinMs).then(
			({ arrived }) => arrived,
			() => false,
		);
	};

	async transportsOn(worker: MediaWorker): Promise<RemoteTransports> {
		const pipe = await this.#span.pipe(worker, this.#farWorkerId);
		const { floor } = await this.#span.command('seat:place', { seatId: this.seatId, pipeId: pipe.pipeId });
		return new RemoteTransports({ span: this.#span, line: this, pipe, floor });
	}

	/** Its node asks the grant itself before it hands anything out. */
	granted(token: string): void {
		this.#span.tell('seat:granted', { seatId: this.seatId, token });
	}

	seatFor(roomId: string): Seat | undefined {
		return this.#seat?.roomId === roomId ? this.#seat : undefined;
	}

	add(seat: Seat): void {
		this.#seat = seat;
		seat.onClosed(() => {
			this.#span.seats.delete(this.seatId);
			this.#span.tell('seat:closed', { seatId: this.seatId });
		});
	}

	/** Its node has given it up, or is gone. */
	leave(): void {
		this.#span.seats.delete(this.seatId);
		this.#seat?.close('connection-lost');
	}
}
