import type { types } from 'mediasoup';
import { takePlace, type Place } from '../../rooms/Place.ts';
import type { WorkerPool } from '../../workers/WorkerPool.ts';
import type { BranchSeat } from './BranchSeat.ts';

/** What this node has of a room that stands on another one: a place on a worker, and the seats of its own pages. */
export class Branch {
	readonly place: Place;
	readonly seats: Set<BranchSeat>;

	static async take(pool: WorkerPool): Promise<Branch> {
		const seats = new Set<BranchSeat>();
		const place = await takePlace(pool, () => {
			for (const seat of [...seats]) comeAgain(seat);
		});
		return new Branch(place, seats);
	}

	/** Nobody sits in it any more; whoever comes takes another one. */
	#over = false;

	private constructor(place: Place, seats: Set<BranchSeat>) {
		this.place = place;
		this.seats = seats;
	}

	get over(): boolean {
		return this.#over || this.place.worker.closed;
	}

	/** A stream that a page of this node sends. */
	producer(streamId: string): types.Producer | undefined {
		for (const seat of this.seats) {
			const producer = seat.producer(streamId);
			if (producer) return producer;
		}
		return undefined;
	}

	leave(seat: BranchSeat): void {
		this.seats.delete(seat);
		if (this.seats.size > 0 || this.#over) return;
		this.#over = true;
		this.place.release();
	}
}

/** The worker is gone, and with it the seat's transports: its page takes another one. */
function comeAgain(seat: BranchSeat): void {
	seat.close('connection-lost');
	seat.line.dropSocket();
}
