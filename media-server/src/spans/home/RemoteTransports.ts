import type { RoomFloor } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { types } from 'mediasoup';
import type { PeerTransports, StreamTap, TapOrder } from '../../rooms/PeerTransports.ts';
import { FarTap } from './FarTap.ts';
import type { HomePipe } from './HomePipe.ts';
import type { RemoteLine } from './RemoteLine.ts';
import type { Span } from './Span.ts';

interface Parts {
	readonly span: Span;
	readonly line: RemoteLine;
	readonly pipe: HomePipe;
	readonly floor: RoomFloor;
}

/** The transports of a page at another node: what it sends and receives comes and goes by a pipe. */
export class RemoteTransports implements PeerTransports {
	readonly pipe: HomePipe;
	readonly #span: Span;
	readonly #line: RemoteLine;
	readonly #floor: RoomFloor;

	constructor({ span, line, pipe, floor }: Parts) {
		this.pipe = pipe;
		this.#span = span;
		this.#line = line;
		this.#floor = floor;
	}

	get workerId(): string {
		return this.#floor.workerId;
	}
	get router(): types.Router {
		return this.pipe.worker.router;
	}
	get connected(): boolean {
		return this.#line.connected;
	}
	get closed(): boolean {
		return this.pipe.closed;
	}

	/** What its node says of the stream is how it comes by the pipe. */
	produce(options: types.ProducerOptions): Promise<types.Producer> {
		return this.pipe.transport.produce(options);
	}

	async tap({ stream, owner }: TapOrder): Promise<StreamTap> {
		const { streamId, source, producer, origin } = stream;
		const piped = this.isBeside(origin) ? null : await this.pipe.carry(producer);
		const { seatId } = this.#line;
		const made = await this.#span.command('tap:make', {
			seatId,
			streamId,
			source,
			owner: owner.token,
			piped,
		});
		return new FarTap({ span: this.#span, pipe: piped && this.pipe, producer, ...made });
	}

	carry(streamId: string, on: boolean): void {
		this.pipe.fetch(streamId, on);
	}

	isBeside(others: PeerTransports): boolean {
		return others instanceof RemoteTransports && others.pipe === this.pipe;
	}

	describe(): RoomFloor {
		return this.#floor;
	}
}
