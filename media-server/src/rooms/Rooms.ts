import { EventEmitter } from 'node:events';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { MediaFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import { FrameRelay } from '../frames/FrameRelay.ts';
import type { PageLine } from '../lines/PageLine.ts';
import type { GrantVerifier, SignedGrant } from './grants.ts';
import { Memory } from './Memory.ts';
import { Room, type RoomContext } from './Room.ts';
import { RoomSeat } from './RoomSeat.ts';
import type { Entry } from './Seat.ts';

interface RoomsEvents {
	fact: [roomId: string, fact: MediaFact];
}

/** So far apart may the clocks of two hubs be that signed two tokens. */
const HUB_CLOCKS_APART_S = 5;

/** All rooms of this node, and what must be remembered about participants who are not there. */
export class Rooms extends EventEmitter<RoomsEvents> {
	readonly #context: RoomContext;
	readonly #verifier: GrantVerifier;
	readonly #frames: FrameRelay;
	readonly #rooms = new Map<string, Room>();
	/** Rooms being made: whoever comes meanwhile waits for the same one. */
	readonly #making = new Map<string, Promise<Room>>();
	readonly #newerGrants: Memory<SignedGrant>;
	readonly #removedUpTo: Memory<number>;
	readonly #movedUpTo: Memory<number>;
	readonly #closedRooms: Memory<true>;
	#closed = false;

	constructor(context: RoomContext, verifier: GrantVerifier) {
		super();
		this.#context = context;
		this.#verifier = verifier;
		this.#frames = new FrameRelay(context.limits);
		const { memoryMs, memoryEntries } = context.limits;
		this.#newerGrants = new Memory(memoryMs, memoryEntries);
		this.#removedUpTo = new Memory(memoryMs, memoryEntries);
		this.#movedUpTo = new Memory(memoryMs, memoryEntries);
		this.#closedRooms = new Memory(memoryMs, memoryEntries);
	}

	get size(): number {
		return this.#rooms.size;
	}

	find(roomId: string): Room | undefined {
		return this.#rooms.get(roomId);
	}

	get peerCount(): number {
		return [...this.#rooms.values()].reduce((sum, room) => sum + room.peers.size, 0);
	}

	/** For the greeting of a hub: only those who have been reported to be there. */
	describe(): { roomId: string; participants: string[]; rebuilding: boolean }[] {
		return [...this.#rooms.values()].map(({ roomId, attending, rebuilding }) => ({
			roomId,
			participants: attending,
			rebuilding,
		}));
	}

	/**
	 * Lets the page of that line into the room that its token names. Who is there already over the same line stays as he
	 * is; a page on another line supersedes an older one. Throws why the token does not admit.
	 */
	async enter(token: string, line: PageLine): Promise<Entry> {
		if (this.#closed) throw new AppError('unavailable');
		const { grant: shown, expired } = this.#verifier.read(token);
		const { roomId, participantId } = shown;
		const seat = line.seatFor(roomId);
		if (seat instanceof RoomSeat && seat.peer.participantId === participantId) {
			const newer = this.#inForce(shown);
			if (newer.grantVersion > seat.grant.grantVersion) seat.peer.applyGrant(newer);
			return { seat, resumed: true };
		}
		this.#refuseRemoved(shown);
		if (expired) throw new AppError('grantExpired');
		const room = await this.#room(roomId);
		// Looked at now, for the hub may have spoken while the room was being made.
		const grant = this.#inForce(shown);
		// A newer grant may be in force through the peer that is being superseded.
		const before = room.peers.get(participantId)?.grant;
		// A page that was away, back with what it had before, does not throw out the one that has the call since.
		if (before && before.iat - grant.iat > HUB_CLOCKS_APART_S) throw new AppError('superseded');
		const newest = before && before.grantVersion > grant.grantVersion ? before : grant;
		const admitted = await room.admit(newest, line).catch((error: unknown) => {
			// What the hub said meanwhile tells more than that the peer is gone.
			this.#refuseRemoved(newest);
			throw error;
		});
		const taken = new RoomSeat({
			room,
			peer: admitted,
			frames: this.#frames,
			verify: (shownLater) => this.#verifyFor(admitted.participantId, shownLater),
		});
		line.add(taken);
		return { seat: taken, resumed: false };
	}

	/** A newer grant for whoever it names, there or not. True when it is in force. */
	grant(token: string): boolean {
		const grant = this.#verifier.verify(token);
		const { roomId, participantId } = grant;
		const key = `${roomId}/${participantId}`;
		const known = this.#newerGrants.get(key);
		if (!known || known.grantVersion < grant.grantVersion) this.#newerGrants.set(key, grant);
		const peer = this.#rooms.get(roomId)?.peers.get(participantId);
		if (!peer || peer.grant.grantVersion > grant.grantVersion) return false;
		peer.applyGrant(grant);
		return true;
	}

	remove(roomId: string, participantId: string, reason: string, version: number): void {
		const key = `${roomId}/${participantId}`;
		this.#removedUpTo.set(key, Math.max(version, this.#removedUpTo.get(key) ?? 0));
		const peer = this.#rooms.get(roomId)?.peers.get(participantId);
		if (!peer || peer.grant.grantVersion > version) return;
		peer.notify('removed', { reason });
		peer.close('removed');
	}

	/** The room stands on another node now. Who is in it by a newer right knows better: it has come back since. */
	move(roomId: string, version: number): void {
		this.#movedUpTo.set(roomId, Math.max(version, this.#movedUpTo.get(roomId) ?? 0));
		const room = this.#rooms.get(roomId);
		const isBack = [...(room?.peers.values() ?? [])].some(({ grant }) => grant.grantVersion > version);
		if (!isBack) room?.close('moved');
	}

	closeRoom(roomId: string): void {
		this.#closedRooms.set(roomId, true);
		this.#rooms.get(roomId)?.close('hub');
	}

	close(): void {
		this.#closed = true;
		for (const room of [...this.#rooms.values()]) room.close('node-stopping');
	}

	/** What a page brings for the seat that it has. */
	#verifyFor(participantId: string, token: string): SignedGrant {
		const grant = this.#verifier.verify(token);
		if (grant.participantId !== participantId) throw new AppError('wrongRoom');
		this.#refuseRemoved(grant);
		return grant;
	}

	/** The token shown, or the newer one that the hub sent while this participant was away. */
	#inForce(shown: SignedGrant): SignedGrant {
		this.#refuseRemoved(shown);
		const newer = this.#newerGrants.get(`${shown.roomId}/${shown.participantId}`);
		return newer && newer.grantVersion > shown.grantVersion ? newer : shown;
	}

	#refuseRemoved({ roomId, participantId, grantVersion }: SignedGrant): void {
		if (this.#closedRooms.get(roomId)) throw new AppError('sessionOver');
		if (grantVersion <= (this.#movedUpTo.get(roomId) ?? 0)) throw new AppError('roomMoved');
		const upTo = this.#removedUpTo.get(`${roomId}/${participantId}`);
		if (upTo !== undefined && grantVersion <= upTo) throw new AppError('notAllowed');
	}

	async #room(roomId: string): Promise<Room> {
		const known = this.#rooms.get(roomId) ?? this.#making.get(roomId);
		if (known) return await known;
		if (this.#rooms.size + this.#making.size >= this.#context.limits.rooms) throw new AppError('queueFull');
		const making = this.#make(roomId).finally(() => this.#making.delete(roomId));
		this.#making.set(roomId, making);
		return await making;
	}

	async #make(roomId: string): Promise<Room> {
		const room = await Room.create(roomId, this.#context);
		if (this.#closed || this.#closedRooms.get(roomId)) {
			room.close('hub');
			throw new AppError(this.#closed ? 'unavailable' : 'sessionOver');
		}
		this.#rooms.set(roomId, room);
		room.on('fact', (fact) => {
			this.emit('fact', roomId, fact);
		});
		room.once('closed', () => this.#rooms.delete(roomId));
		return room;
	}
}
