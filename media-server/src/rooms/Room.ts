import { EventEmitter } from 'node:events';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { MediaGrant } from '@counter-hub/shared/media/grant.ts';
import type { ConsumerInfo, RemoteParticipant, RoomFloor } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { MediaFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import type { Limits } from '../limits.ts';
import type { Logger } from '../platform/logger.ts';
import type { WorkerPool } from '../workers/WorkerPool.ts';
import { Attendance } from './Attendance.ts';
import { buildFloor, type Floor } from './Floor.ts';
import { Peer, type LeaveReason } from './Peer.ts';
import { describeTransport, PeerTransports } from './PeerTransports.ts';
import { mayPerceive } from './rights.ts';
import { LayerControl } from './wantedLayers.ts';

type CloseReason = Extract<MediaFact, { type: 'room-closed' }>['reason'];
interface RoomEvents {
	fact: [MediaFact];
	closed: [CloseReason];
}
export interface RoomContext {
	readonly pool: WorkerPool;
	readonly limits: Limits;
	readonly logger: Logger;
}

/** One call. Owns its peers and its router; survives the death of a worker. */
export class Room extends EventEmitter<RoomEvents> {
	readonly roomId: string;
	readonly peers = new Map<string, Peer>();
	readonly #context: RoomContext;
	readonly #layers: LayerControl;
	readonly #attendance: Attendance;
	#floor: Promise<Floor>;
	#generation = 0;
	#rebuild: Promise<void> = Promise.resolve();
	/** A worker died, and not everybody has new transports yet. */
	rebuilding = false;
	#emptyTimer: NodeJS.Timeout | undefined;
	#closed = false;

	static async create(roomId: string, context: RoomContext): Promise<Room> {
		const room = new Room(roomId, context);
		await room.#floor;
		room.#watchEmptiness();
		return room;
	}

	private constructor(roomId: string, context: RoomContext) {
		super();
		this.roomId = roomId;
		this.#context = context;
		this.#layers = new LayerControl(() => this.peers.values(), context.limits.layerLingerMs);
		this.#attendance = new Attendance((fact) => {
			this.emit('fact', fact);
		});
		this.#floor = this.#build();
		this.#floor.catch(() => undefined);
	}

	get closed(): boolean {
		return this.#closed;
	}

	/** Participants whose joining was reported and who are still here. */
	get attending(): string[] {
		const here = [...this.peers.values()].filter((peer) => this.#attendance.has(peer));
		return here.map(({ participantId }) => participantId);
	}

	/** Resolves when no rebuild is under way. */
	async settled(): Promise<void> {
		await this.#rebuild;
	}

	/** Makes a peer for this page. An earlier page of the same participant is superseded. */
	async admit(grant: MediaGrant, pageId: string): Promise<Peer> {
		const { limits } = this.#context;
		if (this.#closed) throw new AppError('roomUnavailable');
		const before = this.peers.get(grant.participantId);
		if (!before && this.peers.size >= limits.peersPerRoom) throw new AppError('peerLimit');
		const peer = new Peer(grant, pageId, limits);
		this.peers.set(grant.participantId, peer);
		this.#watchEmptiness();
		this.#watch(peer);
		before?.notify('superseded', {});
		before?.close('superseded');
		try {
			await this.#equip(peer);
		} catch (error) {
			peer.close('connection-lost');
			throw error;
		}
		return peer;
	}

	/** Codecs and transports of the present generation, for one peer. */
	async floorOf(peer: Peer): Promise<RoomFloor> {
		const floor = await this.#floor;
		const { send, receive } = peer.transports(floor.generation);
		return {
			generation: floor.generation,
			capabilitiesId: floor.capabilities.id,
			routerRtpCapabilities: floor.capabilities.capabilities,
			sendTransport: describeTransport(send),
			receiveTransport: describeTransport(receive),
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
		const { router } = await this.#floor;
		for (const subscription of [...viewer.subscriptions.values()]) {
			if (!this.#perceives(viewer, subscription.stream.streamId)) viewer.unsubscribe(subscription);
		}
		const offers = [...this.peers.values()].flatMap((owner) =>
			[...owner.streams.values()]
				.filter(({ source }) => mayPerceive(viewer.grant, owner.grant, source))
				.map((stream) => viewer.subscribe(router, stream, owner.grant)),
		);
		const made = (await Promise.all(offers)).filter((one) => one !== null);
		this.#layers.update();
		return made.flatMap((subscription) => {
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

	close(reason: CloseReason): void {
		if (this.#closed) return;
		this.#closed = true;
		clearTimeout(this.#emptyTimer);
		this.#layers.close();
		for (const peer of [...this.peers.values()]) {
			// Only the hub closes a call; in all other cases the page shall come back.
			if (reason === 'hub') peer.notify('room:closed', { reason });
			peer.close('room-closed');
		}
		void this.#floor.then(
			({ release }) => {
				release();
			},
			() => undefined,
		);
		this.emit('fact', { type: 'room-closed', reason });
		this.emit('closed', reason);
	}

	async #build(): Promise<Floor> {
		const generation = ++this.#generation;
		return await buildFloor(this.#context.pool, generation, () => {
			this.#rebuild = this.#startAnew();
		});
	}

	/** The worker died: everybody gets new transports on another one, at once. */
	async #startAnew(): Promise<void> {
		if (this.closed) return;
		this.rebuilding = true;
		const started = performance.now();
		this.emit('fact', { type: 'media-lost', reason: 'worker-died' });
		const peers = [...this.peers.values()];
		for (const peer of peers) {
			peer.dropMedia();
			peer.notify('room:rebuilding', {});
		}
		this.#floor = this.#build();
		const generation = this.#generation;
		try {
			await Promise.all(
				peers.map(async (peer) => {
					try {
						if (!peer.closed) await this.#equip(peer);
						peer.notify('room:rebuilt', await this.floorOf(peer));
					} catch (error) {
						if (!peer.closed) throw error;
					}
				}),
			);
			if (!this.#isCurrent(generation)) return;
			this.rebuilding = false;
			this.emit('fact', { type: 'media-restored' });
			const ms = Math.round(performance.now() - started);
			this.#context.logger.info({ roomId: this.roomId, generation, ms }, 'room rebuilt');
		} catch (error) {
			// When the next worker has died as well, its own rebuild is under way.
			if (!this.#isCurrent(generation)) return;
			this.#context.logger.error({ roomId: this.roomId, err: error }, 'room cannot be rebuilt');
			this.close('rebuild-failed');
		}
	}

	#isCurrent(generation: number): boolean {
		return !this.#closed && generation === this.#generation;
	}

	async #equip(peer: Peer): Promise<void> {
		const { worker, router, generation } = await this.#floor;
		const { firstOutgoingBitrate } = this.#context.limits;
		const [send, receive] = await Promise.all([
			worker.createTransport(router, firstOutgoingBitrate),
			worker.createTransport(router, firstOutgoingBitrate),
		]);
		if (peer.closed) {
			send.close();
			receive.close();
			throw new AppError('roomUnavailable');
		}
		peer.setTransports(new PeerTransports(generation, send, receive));
	}

	#watch(peer: Peer): void {
		peer.on('published', () => {
			for (const viewer of this.peers.values()) if (viewer !== peer) this.#offer(viewer);
			this.#layers.update();
		});
		peer.on('changed', () => {
			this.#layers.update();
		});
		peer.on('presence', () => {
			this.#attendance.note(peer);
			this.#tellOthers(peer, 'participant:changed');
			this.#layers.update();
		});
		peer.on('rights', () => {
			this.#attendance.note(peer);
			this.#tellOthers(peer, 'participant:joined');
			for (const other of this.peers.values()) {
				this.#offer(other);
				if (other !== peer && !mayPerceive(other.grant, peer.grant, null)) {
					other.notify('participant:left', { participantId: peer.participantId });
				}
			}
			this.#layers.update();
		});
		peer.on('closed', (reason) => {
			this.#gone(peer, reason);
		});
		this.#tellOthers(peer, 'participant:joined');
	}

	#gone(peer: Peer, reason: LeaveReason): void {
		this.#attendance.left(peer, reason);
		if (this.peers.get(peer.participantId) !== peer) return;
		this.peers.delete(peer.participantId);
		for (const other of this.peers.values()) {
			if (mayPerceive(other.grant, peer.grant, null)) {
				other.notify('participant:left', { participantId: peer.participantId });
			}
		}
		this.#layers.update();
		this.#watchEmptiness();
	}

	#offer(viewer: Peer): void {
		if (!viewer.ready) return;
		this.supply(viewer).then(
			(consumers) => {
				if (consumers.length > 0) viewer.notify('consumers:new', { generation: this.#generation, consumers });
			},
			(error: unknown) => {
				this.#context.logger.warn(
					{ roomId: this.roomId, err: error },
					'a viewer could not be given its streams',
				);
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
