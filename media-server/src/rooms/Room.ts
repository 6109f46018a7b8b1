import { EventEmitter } from 'node:events';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type {
	ConsumerInfo,
	RemoteParticipant,
	RoomEntry,
	VolatileData,
} from '@counter-hub/shared/media/mediaProtocol.ts';
import type { MediaFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import type { Limits } from '../limits.ts';
import type { PageLine } from '../lines/PageLine.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { WorkerPool } from '../workers/WorkerPool.ts';
import type { SignedGrant } from './grants.ts';
import { Peer } from './Peer.ts';
import { takePlace, type Place } from './Place.ts';
import { mayHear, mayPerceive } from './rights.ts';
import type { LeaveReason } from './Seat.ts';
import type { RoomCloseReason, RoomEvents, RoomPart, WatchedRoom } from './RoomPart.ts';

export interface RoomContext {
	readonly pool: WorkerPool;
	readonly limits: Limits;
	readonly logger: Logger;
	readonly parts: readonly RoomPart[];
}

/** One call. Owns its peers and its place on a worker; survives that worker's death. */
export class Room extends EventEmitter<RoomEvents> implements WatchedRoom {
	readonly roomId: string;
	readonly peers = new Map<string, Peer>();
	readonly #context: RoomContext;
	#place: Promise<Place>;
	/** Rises when a worker died under the room; work for an earlier place is given up. */
	#moves = 0;
	#rebuild: Promise<void> = Promise.resolve();
	/** A worker died, and not everybody has transports on the next one yet. */
	rebuilding = false;
	#emptyTimer: NodeJS.Timeout | undefined;
	#closed = false;

	static async create(roomId: string, context: RoomContext): Promise<Room> {
		const room = new Room(roomId, context);
		await room.#place;
		room.#watchEmptiness();
		return room;
	}

	private constructor(roomId: string, context: RoomContext) {
		super();
		this.roomId = roomId;
		this.#context = context;
		for (const part of context.parts) part(this, context);
		this.#place = this.#takePlace();
		this.#place.catch(() => undefined);
	}

	get closed(): boolean {
		return this.#closed;
	}

	/** Participants whose joining was reported and who are still here. */
	get attending(): string[] {
		return [...this.peers.values()].filter(({ attends }) => attends).map((peer) => peer.participantId);
	}

	/** Makes a peer for this page. An earlier page of the same participant is superseded. */
	async admit(grant: SignedGrant, line: PageLine): Promise<Peer> {
		const { limits } = this.#context;
		if (this.#closed) throw new AppError('roomUnavailable');
		const before = this.peers.get(grant.participantId);
		if (!before && this.peers.size >= limits.peersPerRoom) throw new AppError('peerLimit');
		const peer = new Peer(grant, line, limits);
		this.peers.set(grant.participantId, peer);
		this.#watchEmptiness();
		this.#watch(peer);
		before?.notify('superseded', {});
		before?.close('superseded');
		try {
			await peer.moveTo((await this.#place).worker);
		} catch (error) {
			peer.close('connection-lost');
			throw error;
		}
		if (peer.ready) this.emit('presence', peer);
		return peer;
	}

	/** All that a page needs to know of its place here; what it may receive is made ready first. */
	async describeTo(peer: Peer, resumed: boolean): Promise<RoomEntry> {
		await this.#rebuild;
		if (peer.ready) await this.supply(peer);
		const floor = peer.transports().describe();
		return {
			roomId: this.roomId,
			participantId: peer.participantId,
			floor,
			resumed,
			rights: peer.rights,
			participants: this.visibleTo(peer),
			consumers: [...peer.subscriptions.values()].map((one) => one.describe()),
			streams: [...peer.streams.values()].map(({ streamId, wanted }) => ({ streamId, wanted })),
		};
	}

	/** The other participants that this one may know of. */
	visibleTo(viewer: Peer): RemoteParticipant[] {
		return [...this.peers.values()]
			.filter((other) => mayPerceive(viewer.grant, other.grant, null))
			.map(({ presence }) => presence);
	}

	/** Gives a peer every stream it may perceive and takes away the others. Returns what is new. */
	async supply(viewer: Peer): Promise<ConsumerInfo[]> {
		for (const subscription of [...viewer.subscriptions.values()]) {
			if (!this.#perceives(viewer, subscription.stream.streamId)) viewer.unsubscribe(subscription);
		}
		const offers = [...this.peers.values()].flatMap((owner) =>
			[...owner.streams.values()]
				.filter(({ source }) => mayPerceive(viewer.grant, owner.grant, source))
				.map((stream) => viewer.subscribe(stream, owner.grant)),
		);
		const made = (await Promise.all(offers)).filter((one) => one !== null);
		this.emit('wishes');
		return made.flatMap((subscription) => {
			// Rights may have changed while the worker was asked.
			if (this.#perceives(viewer, subscription.stream.streamId)) return [subscription.describe()];
			viewer.unsubscribe(subscription);
			return [];
		});
	}

	/** Tells the viewers of a stream that its camera gives no new pictures, or gives them again. */
	stall(owner: Peer, streamId: string, stalled: boolean): void {
		const stream = owner.stream(streamId);
		if (stream.stalled === stalled) return;
		stream.stalled = stalled;
		for (const viewer of this.peers.values()) {
			const consumerId = viewer.subscriptionTo(stream)?.consumer.id;
			if (consumerId !== undefined) viewer.notify('consumer:stalled', { consumerId, stalled });
		}
	}

	/** Passes a volatile message to whoever may hear it. */
	say(speaker: Peer, topic: string, data: VolatileData): void {
		for (const listener of this.peers.values()) {
			if (!mayHear(listener.grant, speaker.grant)) continue;
			const { roomId } = this;
			listener.line.notifyVolatile('said', { roomId, participantId: speaker.participantId, topic, data });
		}
	}

	report(fact: MediaFact): void {
		this.emit('fact', fact);
	}

	close(reason: RoomCloseReason): void {
		if (this.#closed) return;
		this.#closed = true;
		clearTimeout(this.#emptyTimer);
		for (const peer of [...this.peers.values()]) {
			// Only the hub closes a call; in all other cases the page shall come back.
			if (reason === 'hub') peer.notify('room:closed', { reason });
			peer.close('room-closed');
		}
		void this.#place.then(
			({ release }) => {
				release();
			},
			() => undefined,
		);
		this.report({ type: 'room-closed', reason });
		this.emit('closed', reason);
	}

	async #takePlace(): Promise<Place> {
		const place = await takePlace(this.#context.pool, () => {
			this.#rebuild = this.#moveAway(place.worker.id);
		});
		return place;
	}

	/** The worker died: everybody gets transports on another one, at once. */
	async #moveAway(workerId: string): Promise<void> {
		if (this.closed) return;
		this.rebuilding = true;
		const move = ++this.#moves;
		const started = performance.now();
		this.report({ type: 'media-lost', reason: 'worker-died' });
		const peers = [...this.peers.values()];
		for (const peer of peers) {
			peer.dropMedia();
			peer.notify('room:rebuilding', { workerId });
		}
		this.#place = this.#takePlace();
		try {
			const { worker } = await this.#place;
			await Promise.all(
				peers.map(async (peer) => {
					try {
						if (!peer.closed) await peer.moveTo(worker);
						peer.notify('room:rebuilt', { floor: peer.transports().describe() });
					} catch (error) {
						if (!peer.closed) throw error;
					}
				}),
			);
			if (!this.#isCurrent(move)) return;
			this.rebuilding = false;
			this.report({ type: 'media-restored' });
			const ms = Math.round(performance.now() - started);
			this.#context.logger.info({ roomId: this.roomId, move, ms }, 'room rebuilt');
		} catch (error) {
			// When the next worker has died as well, its own rebuild is under way.
			if (!this.#isCurrent(move)) return;
			this.#context.logger.error({ roomId: this.roomId, err: error }, 'room cannot be rebuilt');
			this.close('rebuild-failed');
		}
	}

	#isCurrent(move: number): boolean {
		return !this.#closed && move === this.#moves;
	}

	#watch(peer: Peer): void {
		peer.on('published', (stream) => {
			for (const viewer of this.peers.values()) if (viewer !== peer) this.#offer(viewer);
			this.emit('published', stream, peer);
		});
		peer.on('wishes', () => {
			this.emit('wishes');
		});
		peer.on('flows', (subscription) => {
			this.emit('flows', subscription, peer);
		});
		peer.on('presence', () => {
			this.#tellOthers(peer, 'participant:changed');
			this.emit('presence', peer);
		});
		peer.on('rights', () => {
			this.#tellOthers(peer, 'participant:joined');
			for (const other of this.peers.values()) {
				this.#offer(other);
				if (other !== peer && !mayPerceive(other.grant, peer.grant, null)) {
					other.notify('participant:left', { participantId: peer.participantId });
				}
			}
			this.emit('presence', peer);
		});
		peer.on('closed', (reason) => {
			this.#gone(peer, reason);
		});
		this.#tellOthers(peer, 'participant:joined');
	}

	#gone(peer: Peer, reason: LeaveReason): void {
		const isReplaced = this.peers.get(peer.participantId) !== peer;
		if (!isReplaced) {
			this.peers.delete(peer.participantId);
			for (const other of this.peers.values()) {
				if (mayPerceive(other.grant, peer.grant, null)) {
					other.notify('participant:left', { participantId: peer.participantId });
				}
			}
		}
		this.emit('left', peer, reason);
		if (!isReplaced) this.#watchEmptiness();
	}

	#offer(viewer: Peer): void {
		if (!viewer.ready) return;
		this.supply(viewer).then(
			(consumers) => {
				if (consumers.length === 0 || viewer.closed) return;
				viewer.notify('consumers:new', { workerId: viewer.transports().workerId, consumers });
			},
			(error: unknown) => {
				const { roomId } = this;
				this.#context.logger.warn({ roomId, err: error }, 'a viewer could not be given its streams');
			},
		);
	}

	#perceives(viewer: Peer, streamId: string): boolean {
		const owner = [...this.peers.values()].find((peer) => peer.streams.has(streamId));
		const stream = owner?.streams.get(streamId);
		return (
			owner !== undefined && stream !== undefined && mayPerceive(viewer.grant, owner.grant, stream.source)
		);
	}

	#tellOthers(peer: Peer, event: 'participant:joined' | 'participant:changed'): void {
		for (const other of this.peers.values()) {
			if (mayPerceive(other.grant, peer.grant, null)) other.notify(event, peer.presence);
		}
	}

	#watchEmptiness(): void {
		clearTimeout(this.#emptyTimer);
		if (this.peers.size > 0 || this.#closed) return;
		this.#emptyTimer = setTimeout(() => {
			this.close('empty');
		}, this.#context.limits.emptyRoomMs);
		this.#emptyTimer.unref();
	}
}
