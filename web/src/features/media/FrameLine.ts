import type { FrameBytes, FrameInfo } from '@counter-hub/shared/media/frames.ts';
import type { MediaSocket, RoomNotices } from './MediaSocket.ts';
import { MediaError } from './mediaTypes.ts';
import { clientProblem } from './problems.ts';

/** What is heard of the frames of one stream. */
export interface FrameHearer {
	begin(frame: FrameInfo): void;
	part(frameId: string, data: FrameBytes, last: boolean): void;
	/** Of that rest and of those before there is no frame of now. */
	dropped(rest: number): void;
	/** Somebody lacks a frame of this own stream. */
	asked(frameId: string): void;
}

type FrameNotices = Pick<RoomNotices, 'frame:begin' | 'frame:part' | 'frame:dropped' | 'frame:asked'>;

/**
 * Single pictures of streams in full quality, as they go over the signalling line (docs/protocol.md, M-25). Requests
 * reject with MediaError; what was lost with the socket is begun anew by whoever sends.
 */
export class FrameLine {
	readonly #socket: () => MediaSocket | undefined;
	readonly #roomId: () => string | undefined;
	/** By stream. */
	readonly #hearers = new Map<string, FrameHearer>();

	constructor(socket: () => MediaSocket | undefined, roomId: () => string | undefined) {
		this.#socket = socket;
		this.#roomId = roomId;
	}

	readonly notices: FrameNotices = {
		'frame:begin': ({ streamId, frame }) => this.#hearers.get(streamId)?.begin(frame),
		'frame:part': ({ streamId, frameId, data, last }) =>
			this.#hearers.get(streamId)?.part(frameId, data, last),
		'frame:dropped': ({ streamId, rest }) => this.#hearers.get(streamId)?.dropped(rest),
		'frame:asked': ({ streamId, frameId }) => this.#hearers.get(streamId)?.asked(frameId),
	};

	/** One hearer for each stream. Returns how to hear no more. */
	hear(streamId: string, hearer: FrameHearer): () => void {
		this.#hearers.set(streamId, hearer);
		return () => {
			if (this.#hearers.get(streamId) === hearer) this.#hearers.delete(streamId);
		};
	}

	/** Begins a frame of an own stream. Returns how many are being sent it. */
	async begin(streamId: string, frame: FrameInfo): Promise<number> {
		const { socket, roomId } = this.#there();
		return (await socket.request('frame:begin', { roomId, streamId, frame })).viewers;
	}

	/** Resolves when the viewers have room for more, with the number of those who still get it. */
	async part(
		streamId: string,
		part: { frameId: string; part: number; last: boolean; data: FrameBytes },
	): Promise<number> {
		const { socket, roomId } = this.#there();
		return (await socket.request('frame:part', { roomId, streamId, ...part })).viewers;
	}

	async drop(streamId: string, rest: number): Promise<void> {
		const { socket, roomId } = this.#there();
		await socket.request('frame:drop', { roomId, streamId, rest });
	}

	async ask(streamId: string, frameId: string): Promise<void> {
		const { socket, roomId } = this.#there();
		await socket.request('frame:ask', { roomId, streamId, frameId });
	}

	#there(): { socket: MediaSocket; roomId: string } {
		const [socket, roomId] = [this.#socket(), this.#roomId()];
		if (!socket || roomId === undefined) throw new MediaError(clientProblem('timeout', 'not connected'));
		return { socket, roomId };
	}
}
