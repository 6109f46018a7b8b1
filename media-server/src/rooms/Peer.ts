import { randomBytes, timingSafeEqual } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { MediaGrant } from '@counter-hub/shared/media/grant.ts';
import type { MediaFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import type {
	mediaNotices,
	MediaRights,
	RemoteParticipant,
} from '@counter-hub/shared/media/mediaProtocol.ts';
import type { RtpCapabilities } from '@counter-hub/shared/media/rtp.ts';
import type { types } from 'mediasoup';
import type { z } from 'zod';
import type { Limits } from '../limits.ts';
import { Deadline } from '../platform/Deadline.ts';
import { capabilitiesFor } from '../workers/codecs.ts';
import type { PeerTransports } from './PeerTransports.ts';
import { PublishedStream, type PublishRequest } from './PublishedStream.ts';
import { mayPublish } from './rights.ts';
import { Subscription, type StreamOwner } from './Subscription.ts';

type Notices = typeof mediaNotices;
export type Notify = <K extends keyof Notices>(event: K, payload: z.input<Notices[K]>) => void;
export type LeaveReason = Extract<MediaFact, { type: 'participant-left' }>['reason'];

interface PeerEvents {
	published: [PublishedStream];
	/** Something changed that may change who receives what, or which layers are wanted. */
	changed: [];
	/** Rights changed: who perceives whom must be looked at again. */
	rights: [];
	/** Its page came or went, or it became ready: what others and the hub are told. */
	presence: [];
	closed: [LeaveReason];
}

/**
 * One participant's page in a room: its rights, transports, streams and subscriptions. Knows nothing of the room or
 * of other peers; the room decides what it subscribes to.
 */
export class Peer extends EventEmitter<PeerEvents> {
	readonly pageId: string;
	readonly resumeSecret = randomBytes(24).toString('base64url');
	readonly streams = new Map<string, PublishedStream>();
	readonly subscriptions = new Map<string, Subscription>();
	readonly #publishing = new Set<string>();
	readonly #subscribing = new Set<string>();
	readonly #limits: Limits;
	#grant: MediaGrant;
	#transports: PeerTransports | null = null;
	#capabilities: RtpCapabilities | null = null;
	#notify: Notify | null = null;
	readonly #grace = new Deadline();
	readonly #halfJoined = new Deadline();
	#closed = false;

	constructor(grant: MediaGrant, pageId: string, limits: Limits) {
		super();
		this.#grant = grant;
		this.pageId = pageId;
		this.#limits = limits;
		this.#startGrace();
	}

	get participantId(): string {
		return this.#grant.participantId;
	}
	get grant(): MediaGrant {
		return this.#grant;
	}
	get closed(): boolean {
		return this.#closed;
	}
	/** Its page has a socket now. */
	get attached(): boolean {
		return this.#notify !== null;
	}
	/** The page has said what it can receive (in this generation of the room). */
	get ready(): boolean {
		return this.#capabilities !== null;
	}
	get rights(): MediaRights {
		const { stage, publish, subscribe, hidden, grantVersion } = this.#grant;
		return { stage, publish, subscribe, hidden, grantVersion };
	}
	/** What others may learn of it. */
	get presence(): RemoteParticipant {
		const { participantId, label, side } = this.#grant;
		return { participantId, label, side, connected: this.attached };
	}

	mayResume(pageId: string, secret: string | undefined): boolean {
		if (pageId !== this.pageId || secret?.length !== this.resumeSecret.length) return false;
		return timingSafeEqual(Buffer.from(secret), Buffer.from(this.resumeSecret));
	}

	notify: Notify = (event, payload) => {
		this.#notify?.(event, payload);
	};

	attach(notify: Notify): void {
		this.#grace.clear();
		this.#notify = notify;
		this.emit('presence');
	}

	/** Its socket was lost; it may be resumed for a while. Ignored when another socket has taken over. */
	detach(notify: Notify): void {
		if (this.#notify !== notify || this.#closed) return;
		this.#notify = null;
		this.#startGrace();
		this.emit('presence');
	}

	/** Begins a generation of the room. What belonged to the one before is gone with its worker. */
	setTransports(transports: PeerTransports): void {
		this.dropMedia();
		this.#transports = transports;
		this.#halfJoined.set(this.#limits.halfJoinedMs, () => {
			const idle = this.ready && this.streams.size + this.subscriptions.size === 0;
			if (!idle && !transports.connected) this.close('connection-lost');
		});
	}

	/** The transports of this generation; throws `roomUnavailable` for another. */
	transports(generation: number): PeerTransports {
		if (this.#transports?.generation !== generation) throw new AppError('roomUnavailable');
		return this.#transports;
	}

	dropMedia(): void {
		this.streams.clear();
		this.subscriptions.clear();
		this.#publishing.clear();
		this.#subscribing.clear();
		this.#capabilities = null;
		this.#transports?.close();
		this.#transports = null;
	}

	setCapabilities(capabilities: RtpCapabilities): void {
		const first = this.#capabilities === null;
		this.#capabilities = capabilities;
		if (first) this.emit('presence');
	}

	/** A newer grant; an older one throws `staleGrant`, the same one is a harmless repeat. */
	applyGrant(grant: MediaGrant): void {
		if (grant.grantVersion < this.#grant.grantVersion) throw new AppError('staleGrant');
		if (grant.grantVersion === this.#grant.grantVersion) return;
		this.#grant = grant;
		for (const stream of this.streams.values()) {
			if (mayPublish(grant, stream.source)) continue;
			this.closeStream(stream.streamId);
			this.notify('stream:closed', { streamId: stream.streamId, reason: 'rights' });
		}
		void this.flow();
		this.notify('rights:changed', this.rights);
		this.emit('rights');
	}

	async publish(generation: number, request: PublishRequest): Promise<PublishedStream> {
		const { streamId, source, kind } = request;
		const transports = this.transports(generation);
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
		const stream = await PublishedStream.create(transports.send, request).finally(() =>
			this.#publishing.delete(streamId),
		);
		// Rights or room may have changed while the worker was asked.
		if (!mayPublish(this.#grant, source) || this.#transports !== transports) {
			stream.producer.close();
			throw new AppError(this.#transports === transports ? 'publishForbidden' : 'roomUnavailable');
		}
		this.streams.set(streamId, stream);
		this.emit('published', stream);
		return stream;
	}

	closeStream(streamId: string): void {
		this.stream(streamId).producer.close();
		this.streams.delete(streamId);
		this.emit('changed');
	}

	stream(streamId: string): PublishedStream {
		const stream = this.streams.get(streamId);
		if (!stream) throw new AppError('unknownProducer');
		return stream;
	}

	subscription(consumerId: string): Subscription {
		const subscription = this.subscriptions.get(consumerId);
		if (!subscription) throw new AppError('unknownConsumer');
		return subscription;
	}

	subscriptionTo(stream: PublishedStream): Subscription | undefined {
		return [...this.subscriptions.values()].find((subscription) => subscription.stream === stream);
	}

	/** Null when it has that stream already, cannot receive it, or it went away meanwhile. */
	async subscribe(
		router: types.Router,
		stream: PublishedStream,
		owner: StreamOwner,
	): Promise<Subscription | null> {
		const transports = this.#transports;
		const all = this.#capabilities;
		const key = stream.producer.id;
		if (!transports || !all || this.#subscribing.has(key) || this.subscriptionTo(stream)) return null;
		if (this.subscriptions.size + this.#subscribing.size >= this.#limits.consumersPerPeer) return null;
		const rtpCapabilities = capabilitiesFor(stream.producer.type, all);
		if (!router.canConsume({ producerId: stream.producer.id, rtpCapabilities })) return null;
		this.#subscribing.add(key);
		try {
			const consumer = await transports.receive.consume({
				producerId: stream.producer.id,
				rtpCapabilities,
				paused: true,
				preferredLayers: { spatialLayer: 0 },
			});
			if (stream.producer.closed || this.#transports !== transports) {
				consumer.close();
				return null;
			}
			return this.#adopt(new Subscription(stream, consumer, owner, this.#limits.climbMs));
		} catch (error) {
			if (stream.producer.closed || transports.receive.closed) return null;
			throw error;
		} finally {
			this.#subscribing.delete(key);
		}
	}

	unsubscribe(subscription: Subscription): void {
		const { consumer } = subscription;
		if (!this.subscriptions.delete(consumer.id)) return;
		subscription.close();
		this.notify('consumer:closed', { consumerId: consumer.id });
		this.emit('changed');
	}

	/** Resumes and pauses what should be. */
	async flow(): Promise<void> {
		const flows = [...this.subscriptions.values()].map((one) => one.flow(this.#grant.stage));
		await Promise.allSettled(flows);
	}

	close(reason: LeaveReason): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#grace.clear();
		this.#halfJoined.clear();
		this.dropMedia();
		this.emit('closed', reason);
		this.#notify = null;
	}

	#adopt(subscription: Subscription): Subscription {
		const { consumer } = subscription;
		const consumerId = consumer.id;
		this.subscriptions.set(consumerId, subscription);
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

	#startGrace(): void {
		this.#grace.set(this.#limits.resumeGraceMs, () => {
			this.close('connection-lost');
		});
	}
}
