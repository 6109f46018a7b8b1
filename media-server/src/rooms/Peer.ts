import { EventEmitter } from 'node:events';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { MediaRights, RemoteParticipant } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { Limits } from '../limits.ts';
import type { Notice, NoticeName, PageLine } from '../lines/PageLine.ts';
import { Deadline } from '../platform/Deadline.ts';
import { capabilitiesFor } from '../workers/codecs.ts';
import type { MediaWorker } from '../workers/MediaWorker.ts';
import type { SignedGrant } from './grants.ts';
import type { PeerTransports } from './PeerTransports.ts';
import { PublishedStream, type PublishRequest } from './PublishedStream.ts';
import { mayPublish } from './rights.ts';
import type { LeaveReason } from './Seat.ts';
import { Subscription } from './Subscription.ts';

/** Notices about a room name it; which one a peer's are about is known. */
type RoomNotice = { [K in NoticeName]: Notice<K> extends { roomId: string } ? K : never }[NoticeName];

interface PeerEvents {
	published: [PublishedStream];
	/** What it publishes, receives or wants of it has changed. */
	wishes: [];
	/** A stream has begun to flow to it. */
	flows: [Subscription];
	/** Rights changed: who perceives whom must be looked at again. */
	rights: [];
	/** Its page came or went, or it became ready: what others and the hub are told. */
	presence: [];
	closed: [LeaveReason];
}

/**
 * One participant's page in a room: its rights, streams and subscriptions, over the line of that page. Knows nothing
 * of the room or of other peers; the room decides what it subscribes to.
 */
export class Peer extends EventEmitter<PeerEvents> {
	readonly line: PageLine;
	readonly streams = new Map<string, PublishedStream>();
	readonly subscriptions = new Map<string, Subscription>();
	readonly #publishing = new Set<string>();
	readonly #subscribing = new Set<string>();
	readonly #limits: Limits;
	#grant: SignedGrant;
	#transports: PeerTransports | null = null;
	readonly #halfJoined = new Deadline();
	#ready = false;
	#attends = false;
	#closed = false;

	constructor(grant: SignedGrant, line: PageLine, limits: Limits) {
		super();
		this.#grant = grant;
		this.line = line;
		this.#limits = limits;
		this.#ready = line.capabilities !== null;
	}

	get participantId(): string {
		return this.#grant.participantId;
	}
	get grant(): SignedGrant {
		return this.#grant;
	}
	get closed(): boolean {
		return this.#closed;
	}
	/** Its page has a socket now. */
	get attached(): boolean {
		return this.line.attached;
	}
	/** The page has said what it can receive. */
	get ready(): boolean {
		return this.#ready;
	}
	/** It was once really there: a member whose page was ready. */
	get attends(): boolean {
		return this.#attends;
	}
	get rights(): MediaRights {
		const { stage, publish, subscribe, hidden, say = false, grantVersion } = this.#grant;
		return { stage, publish, subscribe, hidden, say, grantVersion };
	}
	/** What others may learn of it. */
	get presence(): RemoteParticipant {
		const { participantId, label, side } = this.#grant;
		return { participantId, label, side, connected: this.attached };
	}

	/** True the first time that it is really there. */
	arrive(): boolean {
		if (this.#attends || this.#grant.stage !== 'member' || !this.#ready || this.#closed) return false;
		this.#attends = true;
		return true;
	}

	notify<K extends RoomNotice>(event: K, payload: Omit<Notice<K>, 'roomId'>): void {
		this.line.notify(event, { ...payload, roomId: this.#grant.roomId } as Notice<K>);
	}

	/** False when its page has not acknowledged it in time. */
	async deliver<K extends RoomNotice>(
		event: K,
		payload: Omit<Notice<K>, 'roomId'>,
		withinMs: number,
	): Promise<boolean> {
		const { roomId } = this.#grant;
		return await this.line.deliver(event, { ...payload, roomId } as Notice<K>, withinMs);
	}

	/** The line's socket came or went, or its page has said what it can receive. */
	lineChanged(): void {
		this.#ready = this.line.capabilities !== null;
		this.emit('presence');
	}

	/** Takes its transports on the worker that the room stands on. What was on the one before is gone. */
	async moveTo(worker: MediaWorker): Promise<void> {
		this.dropMedia();
		const transports = await this.line.transportsOn(worker);
		if (this.#closed) throw new AppError('roomUnavailable');
		this.#transports = transports;
		this.#halfJoined.clear();
		this.#expectConnection();
	}

	/** Throws `roomUnavailable` unless the room stands on that worker now. */
	transports(workerId?: string): PeerTransports {
		const transports = this.#transports;
		if (!transports || (workerId !== undefined && transports.workerId !== workerId)) {
			throw new AppError('roomUnavailable');
		}
		return transports;
	}

	/** Its page sends and receives where those transports are. */
	isBeside(others: PeerTransports): boolean {
		return this.#transports?.isBeside(others) ?? false;
	}

	/** The transports stay: they are the line's. */
	dropMedia(): void {
		for (const stream of this.streams.values()) stream.producer.close();
		for (const subscription of this.subscriptions.values()) subscription.close();
		this.streams.clear();
		this.subscriptions.clear();
		this.#publishing.clear();
		this.#subscribing.clear();
		this.#transports = null;
	}

	/** A newer grant; an older one throws `staleGrant`, the same one is a harmless repeat. */
	applyGrant(grant: SignedGrant): void {
		if (grant.grantVersion < this.#grant.grantVersion) throw new AppError('staleGrant');
		if (grant.grantVersion === this.#grant.grantVersion) return;
		this.#grant = grant;
		this.line.granted(grant.token);
		for (const stream of this.streams.values()) {
			if (mayPublish(grant, stream.source)) continue;
			this.closeStream(stream.streamId);
			this.notify('stream:closed', { streamId: stream.streamId, reason: 'rights' });
		}
		void this.flow();
		this.notify('rights:changed', { rights: this.rights });
		this.emit('rights');
	}

	async publish(workerId: string, request: PublishRequest): Promise<PublishedStream> {
		const { streamId, source, kind } = request;
		const transports = this.transports(workerId);
		if (this.#grant.stage === 'lobby') throw new AppError('lobbyOnly');
		if (!mayPublish(this.#grant, source) || (kind === 'audio') !== (source === 'microphone')) {
			throw new AppError('publishForbidden', { params: { source } });
		}
		const known = this.streams.get(streamId);
		if (known) return known;
		if (this.streams.size + this.#publishing.size >= this.#limits.streamsPerPeer)
			throw new AppError('peerLimit');
		if (this.#publishing.has(streamId)) {
			throw new AppError('invalidRtp', { detail: 'This stream is being made already' });
		}
		this.#publishing.add(streamId);
		const stream = await PublishedStream.create(transports, request).finally(() =>
			this.#publishing.delete(streamId),
		);
		// Rights or room may have changed while the worker was asked.
		if (!mayPublish(this.#grant, source) || this.#transports !== transports) {
			stream.producer.close();
			throw new AppError(this.#transports === transports ? 'publishForbidden' : 'roomUnavailable');
		}
		this.streams.set(streamId, stream);
		this.#expectConnection();
		this.emit('published', stream);
		return stream;
	}

	closeStream(streamId: string): void {
		this.stream(streamId).producer.close();
		this.streams.delete(streamId);
		this.emit('wishes');
	}

	stream(streamId: string): PublishedStream {
		const stream = this.streams.get(streamId);
		if (!stream) throw new AppError('unknownProducer');
		return stream;
	}

	subscriptionTo(stream: PublishedStream): Subscription | undefined {
		return [...this.subscriptions.values()].find((subscription) => subscription.stream === stream);
	}

	/** Null when it has that stream already, cannot receive it, or it went away meanwhile. */
	async subscribe(stream: PublishedStream, owner: SignedGrant): Promise<Subscription | null> {
		const transports = this.#transports;
		const all = this.line.capabilities;
		const producerId = stream.producer.id;
		if (!transports || !all || this.#subscribing.has(producerId) || this.subscriptionTo(stream)) return null;
		if (this.subscriptions.size + this.#subscribing.size >= this.#limits.consumersPerPeer) return null;
		const rtpCapabilities = capabilitiesFor(stream.producer.type, all);
		if (!transports.router.canConsume({ producerId, rtpCapabilities })) return null;
		this.#subscribing.add(producerId);
		try {
			const consumer = await transports.tap({ stream, owner, rtpCapabilities });
			if (stream.producer.closed || this.#transports !== transports) {
				consumer.close();
				return null;
			}
			return this.#adopt(new Subscription(stream, consumer, owner, this.#limits.climbMs));
		} catch (error) {
			if (stream.producer.closed || transports.closed) return null;
			throw error;
		} finally {
			this.#subscribing.delete(producerId);
		}
	}

	/** The page has built these consumers and wants so much of each. One that was closed meanwhile is no mistake. */
	async take(wishes: readonly { consumerId: string; wanted: number }[]): Promise<void> {
		for (const { consumerId, wanted } of wishes) this.subscriptions.get(consumerId)?.take(wanted);
		this.emit('wishes');
		await this.flow();
	}

	unsubscribe(subscription: Subscription): void {
		const { consumer } = subscription;
		if (!this.subscriptions.delete(consumer.id)) return;
		subscription.close();
		this.notify('consumer:closed', { consumerId: consumer.id });
		this.emit('wishes');
	}

	/** Resumes and pauses what should be. */
	async flow(): Promise<void> {
		const { stage } = this.#grant;
		await Promise.all(
			[...this.subscriptions.values()].map(async (one) => {
				if (await one.flow(stage)) this.emit('flows', one);
			}),
		);
		this.emit('wishes');
	}

	close(reason: LeaveReason): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#halfJoined.clear();
		this.dropMedia();
		this.emit('closed', reason);
	}

	/** Whoever sends or receives connects a transport in time, or goes; who has nothing to do may wait for ever. */
	#expectConnection(): void {
		const transports = this.#transports;
		if (!transports || transports.connected || this.#halfJoined.pending) return;
		this.#halfJoined.set(this.#limits.halfJoinedMs, () => {
			const idle = this.ready && this.streams.size + this.subscriptions.size === 0;
			if (!idle && !transports.connected) this.close('connection-lost');
		});
	}

	#adopt(subscription: Subscription): Subscription {
		const { consumer } = subscription;
		const consumerId = consumer.id;
		this.subscriptions.set(consumerId, subscription);
		this.#expectConnection();
		consumer.on('producerclose', () => {
			this.unsubscribe(subscription);
		});
		consumer.on('producerpause', () => {
			this.notify('consumer:paused', { consumerId });
		});
		consumer.on('producerresume', () => {
			this.notify('consumer:resumed', { consumerId });
		});
		return subscription;
	}
}
