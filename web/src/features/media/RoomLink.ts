import type { ConsumerInfo, mediaRequests } from '@counter-hub/shared/media/mediaProtocol.ts';
import { rtpParameters, type RtpParameters } from '@counter-hub/shared/media/rtp.ts';
import type { types } from 'mediasoup-client';
import type { z } from 'zod';
import { isKnownExtension } from './capabilities.ts';
import { documentCodec } from './documentCodec.ts';
import { sendOptions } from './encodings.ts';
import type { MediaSocket } from './MediaSocket.ts';
import type { LocalStream, RemoteStream } from './mediaTypes.ts';
import type { WorkerLink } from './WorkerLink.ts';

interface Received {
	info: ConsumerInfo;
	consumer: types.Consumer;
	paused: boolean;
	stalled: boolean;
	strained: boolean;
	/** What the node was last told to be wanted of it. */
	told: number;
}

type StreamRequest = 'stream:pause' | 'stream:resume' | 'stream:close';

interface RoomLinkOptions {
	readonly roomId: string;
	readonly socket: MediaSocket;
	readonly worker: WorkerLink;
	/** The highest layer of a stream that this page wants; −1: none of it. */
	readonly wanted: (streamId: string) => number;
	/** What is received has changed. */
	readonly onStreams: () => void;
}

/** What one room sends and receives while it stands on one worker. */
export class RoomLink {
	readonly worker: WorkerLink;
	readonly #options: RoomLinkOptions;
	readonly #received = new Map<string, Received>();
	readonly #building = new Set<string>();
	/** Closed by the node while still being built here. */
	readonly #gone = new Set<string>();
	readonly #producers = new Set<types.Producer>();
	#closed = false;

	constructor(options: RoomLinkOptions) {
		this.#options = options;
		this.worker = options.worker;
	}

	/** Closed, or its worker's transports are. */
	get closed(): boolean {
		return this.#closed || this.worker.closed;
	}

	get streams(): RemoteStream[] {
		return [...this.#received.values()].map(({ info, consumer, paused, stalled, strained }) => ({
			id: info.streamId,
			participantId: info.participantId,
			label: info.label,
			side: info.side,
			source: info.source,
			kind: info.kind,
			track: consumer.track,
			paused,
			stalled,
			strained,
			spatialLayers: info.spatialLayers,
		}));
	}

	/** True when the receiving transport is up, or nobody sends anything yet. */
	get prepared(): boolean {
		return this.#received.size === 0 || this.worker.receive.connectionState === 'connected';
	}

	async receive(offered: readonly ConsumerInfo[]): Promise<void> {
		const fresh = offered.filter(
			({ consumerId }) => !this.#received.has(consumerId) && !this.#building.has(consumerId),
		);
		if (fresh.length === 0 || this.closed) return;
		const built = (await Promise.all(fresh.map((info) => this.#build(info)))).filter((id) => id !== null);
		if (built.length === 0) return;
		this.#options.onStreams();
		// Whoever shows them says right now how much of each: it is asked for once.
		await Promise.resolve();
		await this.tellWishes();
	}

	/** Tells the node of every stream of which another layer is wanted than it knows. */
	async tellWishes(): Promise<void> {
		const changed = [...this.#received].filter(([, { info, told }]) => told !== this.#wanted(info));
		await this.#tell(changed.map(([consumerId]) => consumerId));
	}

	/** After a resumed socket: what the node lists is what there is. */
	async reconcile(listed: readonly ConsumerInfo[]): Promise<void> {
		const ids = new Set(listed.map(({ consumerId }) => consumerId));
		for (const consumerId of [...this.#received.keys()]) if (!ids.has(consumerId)) this.drop(consumerId);
		for (const { consumerId, producerPaused: paused, stalled, strained } of listed) {
			this.change(consumerId, { paused, stalled, strained });
		}
		const kept = listed.map(({ consumerId }) => consumerId).filter((id) => this.#received.has(id));
		// What was said before the loss may not have arrived.
		await Promise.all([this.receive(listed), this.#tell(kept)]);
	}

	drop(consumerId: string): void {
		const received = this.#received.get(consumerId);
		if (!received) {
			if (this.#building.has(consumerId)) this.#gone.add(consumerId);
			return;
		}
		this.#received.delete(consumerId);
		received.consumer.close();
		this.#options.onStreams();
	}

	change(consumerId: string, change: { paused?: boolean; stalled?: boolean; strained?: boolean }): void {
		const received = this.#received.get(consumerId);
		if (!received) return;
		const { paused = received.paused, stalled = received.stalled, strained = received.strained } = change;
		if (paused === received.paused && stalled === received.stalled && strained === received.strained) return;
		Object.assign(received, { paused, stalled, strained });
		this.#options.onStreams();
	}

	/**
	 * Begins to send. The node learns of it by `announce`. Null when the link was closed meanwhile. `readable`: the codecs
	 * that all viewers can read, where papers must keep to them.
	 */
	async send(
		streamId: string,
		source: LocalStream['source'],
		track: MediaStreamTrack,
		readable: readonly string[] | null,
	): Promise<types.Producer | null> {
		const codec = source === 'document' ? documentCodec(this.worker.sendable, readable) : null;
		const producer = await this.worker.send.produce({
			track,
			...sendOptions(source, track),
			...(codec && { codec }),
			stopTracks: false,
			disableTrackOnPause: false,
			appData: { streamId, source },
		});
		if (this.closed) {
			producer.close();
			return null;
		}
		this.#producers.add(producer);
		producer.observer.once('close', () => this.#producers.delete(producer));
		return producer;
	}

	/** Says (again) to the node what is being sent; the same stream is never made twice. Throws what it refused. */
	async announce(stream: {
		streamId: string;
		source: LocalStream['source'];
		kind: 'audio' | 'video';
		rtpParameters: RtpParameters;
		paused: boolean;
	}): Promise<z.infer<(typeof mediaRequests)['produce']['data']>> {
		const { roomId, socket } = this.#options;
		return await socket.request('produce', { roomId, workerId: this.worker.workerId, ...stream });
	}

	/** What is lost here with the socket is repaired by the next welcome. */
	async say(event: StreamRequest, streamId: string): Promise<void> {
		const { roomId, socket } = this.#options;
		await socket.request(event, { roomId, streamId }).catch(() => undefined);
	}

	/** The camera gives no new pictures, or does again. */
	async sayStalled(streamId: string, stalled: boolean): Promise<void> {
		const { roomId, socket } = this.#options;
		await socket.request('stream:stalled', { roomId, streamId, stalled }).catch(() => undefined);
	}

	/** The socket that would bring answers is there. */
	get online(): boolean {
		return this.#options.socket.connected;
	}

	close(): void {
		this.#closed = true;
		for (const producer of [...this.#producers]) producer.close();
		for (const { consumer } of this.#received.values()) consumer.close();
		this.#received.clear();
	}

	#wanted({ streamId, spatialLayers }: ConsumerInfo): number {
		return Math.min(this.#options.wanted(streamId), spatialLayers - 1);
	}

	/** These are built, and so much of each is wanted: one request for all. */
	async #tell(consumerIds: readonly string[]): Promise<void> {
		const { roomId, socket } = this.#options;
		const consumers = consumerIds.flatMap((consumerId) => {
			const received = this.#received.get(consumerId);
			if (!received) return [];
			received.told = this.#wanted(received.info);
			return [{ consumerId, wanted: received.told }];
		});
		if (consumers.length > 0) await socket.request('consumer:ready', { roomId, consumers });
	}

	/** Null when it was closed meanwhile or cannot be built; that keeps no other stream waiting. */
	async #build(info: ConsumerInfo): Promise<string | null> {
		const { consumerId, streamId, kind, source, participantId, producerPaused, stalled, strained } = info;
		const { headerExtensions = [], ...rtp } = info.rtpParameters;
		this.#building.add(consumerId);
		try {
			const consumer = await this.worker.receive.consume({
				id: consumerId,
				producerId: streamId,
				kind,
				rtpParameters: { ...rtp, headerExtensions: headerExtensions.filter(isKnownExtension) },
				// Lips and voice of one person stay together; papers must not wait for either.
				streamId: `${participantId}:${source === 'document' || source === 'screen' ? source : 'person'}`,
			});
			if (this.#gone.delete(consumerId) || this.closed) {
				consumer.close();
				return null;
			}
			this.#received.set(consumerId, {
				info,
				consumer,
				paused: producerPaused,
				stalled,
				strained,
				told: NaN,
			});
			return consumerId;
		} catch {
			return null;
		} finally {
			this.#building.delete(consumerId);
		}
	}
}

/** In the protocol's form, as the node is told. */
export const sentParameters = (producer: types.Producer): RtpParameters =>
	rtpParameters.parse(producer.rtpParameters);
