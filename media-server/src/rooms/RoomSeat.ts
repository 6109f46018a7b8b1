import type { MediaRights, RoomEntry, VolatileData } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { FrameRelay } from '../frames/FrameRelay.ts';
import type { SignedGrant } from './grants.ts';
import type { Peer } from './Peer.ts';
import type { Room } from './Room.ts';
import type { LeaveReason, Seat, Supply } from './Seat.ts';

interface Parts {
	readonly room: Room;
	readonly peer: Peer;
	readonly frames: FrameRelay;
	/** Verifies what the page shows. Throws why it does not hold. */
	readonly verify: (token: string) => SignedGrant;
}

/** A place in a room that stands on this node. */
export class RoomSeat implements Seat {
	readonly roomId: string;
	readonly home = null;
	readonly peer: Peer;
	readonly answers: Seat['answers'];
	readonly #room: Room;
	readonly #verify: Parts['verify'];

	constructor({ room, peer, frames, verify }: Parts) {
		this.roomId = room.roomId;
		this.peer = peer;
		this.#room = room;
		this.#verify = verify;
		this.answers = answersOf(room, peer, frames);
	}

	get grant(): SignedGrant {
		return this.peer.grant;
	}

	describe(resumed: boolean): Promise<RoomEntry> {
		return this.#room.describeTo(this.peer, resumed);
	}

	async supply(): Promise<Supply> {
		const consumers = await this.#room.supply(this.peer);
		return { workerId: this.peer.transports().workerId, consumers };
	}

	regrant(token: string): Promise<MediaRights> {
		this.peer.applyGrant(this.#verify(token));
		return Promise.resolve(this.peer.rights);
	}

	say(topic: string, data: VolatileData): void {
		this.#room.say(this.peer, topic, data);
	}

	lineChanged(): void {
		this.peer.lineChanged();
	}

	close(reason: LeaveReason): void {
		this.peer.close(reason);
	}

	onClosed(listener: () => void): void {
		this.peer.once('closed', listener);
	}
}

/** Each is one line of docs/protocol.md. */
function answersOf(room: Room, peer: Peer, frames: FrameRelay): Seat['answers'] {
	const { peers } = room;
	return {
		produce: async ({ roomId: _room, workerId, ...stream }) => {
			const { wanted } = await peer.publish(workerId, stream);
			return { wanted };
		},
		'stream:pause': async ({ streamId }) => {
			await peer.stream(streamId).producer.pause();
			return {};
		},
		'stream:resume': async ({ streamId }) => {
			await peer.stream(streamId).producer.resume();
			return {};
		},
		'stream:stalled': ({ streamId, stalled }) => {
			room.stall(peer, streamId, stalled);
			return {};
		},
		'stream:close': ({ streamId }) => {
			peer.closeStream(streamId);
			return {};
		},
		'consumer:ready': async ({ consumers }) => {
			await peer.take(consumers);
			return {};
		},
		'frame:begin': ({ streamId, frame }) => ({ viewers: frames.begin(peers, peer, streamId, frame) }),
		'frame:part': async ({ roomId: _room, streamId, ...part }) => ({
			viewers: await frames.part(peer, streamId, part),
		}),
		'frame:drop': ({ streamId, rest }) => {
			frames.drop(peers, peer, streamId, rest);
			return {};
		},
		'frame:ask': ({ streamId, frameId }) => {
			frames.ask(peers, peer, streamId, frameId);
			return {};
		},
		leave: () => {
			peer.close('left');
			return {};
		},
	};
}
