import type { ConsumerInfo, RoomFloor } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { NodeLine } from './NodeLine.ts';
import { RoomLink } from './RoomLink.ts';

interface RoomPlaceContext {
	readonly roomId: () => string;
	/** The highest layer of a stream that this page wants; −1: none of it. */
	readonly wanted: (streamId: string) => number;
	/** What was sent over the worker of before is gone. */
	readonly onLeft: () => void;
	/** There is a link again: resolves when everything is sent over it. */
	readonly onArrived: () => Promise<void>;
	/** What is received has changed. */
	readonly onStreams: () => void;
}

/**
 * Where a room stands: on one worker, until that dies and the room is rebuilt on another. Then everything begins anew,
 * all at once, what this page receives and what it sends.
 */
export class RoomPlace {
	readonly #context: RoomPlaceContext;
	#link: RoomLink | null = null;
	/** Rises with every move; work for an older place is given up. */
	#turn = 0;
	/** Streams that were offered while the link was still being built, by worker. */
	#early: { workerId: string; consumers: readonly ConsumerInfo[] }[] = [];

	constructor(context: RoomPlaceContext) {
		this.#context = context;
	}

	/** Null while the room moves, and once it was left. */
	get link(): RoomLink | null {
		return this.#link;
	}

	/** The link to the worker on which the room stands, if it is there and works. */
	linkAt({ workerId }: RoomFloor): RoomLink | null {
		const link = this.#link;
		return link && !link.closed && link.worker.workerId === workerId ? link : null;
	}

	async moveTo(floor: RoomFloor, line: NodeLine, consumers: readonly ConsumerInfo[]): Promise<void> {
		const { roomId, wanted, onLeft, onArrived, onStreams } = this.#context;
		const turn = ++this.#turn;
		const before = this.#link;
		before?.close();
		// A room leaves a worker only with that worker's death.
		if (before && before.worker.workerId !== floor.workerId) line.discard(before.worker.workerId);
		this.#link = null;
		onLeft();
		const worker = await line.linkTo(floor);
		if (turn !== this.#turn) return;
		const link = new RoomLink({ roomId: roomId(), socket: line.socket, worker, wanted, onStreams });
		this.#link = link;
		const early = this.#early.filter(({ workerId }) => workerId === floor.workerId);
		this.#early = [];
		const offered = [...consumers, ...early.flatMap((one) => one.consumers)];
		try {
			await Promise.all([link.receive(offered), onArrived()]);
		} finally {
			// Until now the last pictures of before were shown.
			if (turn === this.#turn) onStreams();
		}
	}

	/** Streams of the room on that worker, to which the link may not be there yet. */
	async offer(workerId: string, consumers: readonly ConsumerInfo[]): Promise<void> {
		if (this.#link?.worker.workerId === workerId) await this.#link.receive(consumers);
		else this.#early.push({ workerId, consumers });
	}

	leave(): void {
		this.#turn++;
		this.#link?.close();
		this.#link = null;
	}
}
