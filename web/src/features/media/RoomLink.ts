import type { ConsumerInfo, RoomFloor } from '@counter-hub/shared/media/mediaProtocol.ts';
import {
	dtlsParameters,
	rtpCapabilities,
	rtpParameters,
	type DtlsParameters,
} from '@counter-hub/shared/media/rtp.ts';
import type { types } from 'mediasoup-client';
import { deviceFor, isKnownExtension } from './capabilities.ts';
import { sendOptions } from './encodings.ts';
import { applySending, type Local } from './LocalStreams.ts';
import { ICE_PATIENCE_MS } from './mediaLimits.ts';
import type { MediaSocket } from './MediaSocket.ts';
import type { RemoteStream } from './mediaTypes.ts';

interface Received {
	info: ConsumerInfo;
	consumer: types.Consumer;
	paused: boolean;
	stalled: boolean;
}

export interface RoomLinkEvents {
	streams: () => void;
	/** A transport came up, was lost or came back. */
	transport: () => void;
}

/** Both transports of one generation of the room, with what is sent and received over them. */
export class RoomLink {
	readonly generation: number;
	readonly #socket: MediaSocket;
	readonly #device: types.Device;
	readonly #send: types.Transport;
	readonly #receive: types.Transport;
	readonly #events: RoomLinkEvents;
	readonly #received = new Map<string, Received>();
	readonly #building = new Set<string>();
	/** Closed by the node while still being built here. */
	readonly #gone = new Set<string>();
	/** Fingerprints that the node has not acknowledged yet. */
	readonly #unconnected = new Map<'send' | 'receive', DtlsParameters>();
	readonly #timers = new Map<types.Transport, ReturnType<typeof setTimeout>>();
	#closed = false;

	static async create(socket: MediaSocket, floor: RoomFloor, events: RoomLinkEvents): Promise<RoomLink> {
		const device = await deviceFor(floor.capabilitiesId, floor.routerRtpCapabilities);
		return new RoomLink(socket, device, floor, events);
	}

	private constructor(socket: MediaSocket, device: types.Device, floor: RoomFloor, events: RoomLinkEvents) {
		this.generation = floor.generation;
		this.#socket = socket;
		this.#device = device;
		this.#events = events;
		this.#send = device.createSendTransport(floor.sendTransport);
		this.#receive = device.createRecvTransport(floor.receiveTransport);
		this.#wire(this.#send, 'send');
		this.#wire(this.#receive, 'receive');
		this.#send.on('produce', ({ appData }, done) => {
			// The stream's id is ours, so nothing waits for the node: `publish` asks it meanwhile.
			done({ id: String(appData['streamId']) });
		});
	}

	get closed(): boolean {
		return this.#closed;
	}

	get streams(): RemoteStream[] {
		return [...this.#received.values()].map(({ info, consumer, paused, stalled }) => ({
			id: info.streamId,
			participantId: info.participantId,
			label: info.label,
			side: info.side,
			source: info.source,
			kind: info.kind,
			track: consumer.track,
			paused,
			stalled,
			spatialLayers: info.spatialLayers,
		}));
	}

	/** True while a transport that is in use has no connection. */
	get broken(): boolean {
		return [this.#send, this.#receive].some(({ connectionState }) =>
			['disconnected', 'failed'].includes(connectionState),
		);
	}

	/** True when the receiving transport is up, or nobody sends anything yet. */
	get prepared(): boolean {
		return this.#received.size === 0 || this.#receive.connectionState === 'connected';
	}

	/** Tells the node what this browser can receive and builds what it offers. */
	async ready(): Promise<void> {
		const capabilities = rtpCapabilities.parse(this.#device.recvRtpCapabilities);
		const { consumers } = await this.#socket.request('ready', {
			generation: this.generation,
			rtpCapabilities: capabilities,
		});
		await this.receive(consumers);
	}

	async receive(offered: readonly ConsumerInfo[]): Promise<void> {
		const fresh = offered.filter(
			({ consumerId }) => !this.#received.has(consumerId) && !this.#building.has(consumerId),
		);
		if (fresh.length === 0 || this.#closed) return;
		const built = await Promise.all(fresh.map((info) => this.#build(info)));
		const consumerIds = built.filter((id) => id !== null);
		if (consumerIds.length === 0) return;
		this.#events.streams();
		await this.#socket.request('consumer:ready', { consumerIds });
	}

	/** Null when it was closed meanwhile or cannot be built; that keeps no other stream waiting. */
	async #build(info: ConsumerInfo): Promise<string | null> {
		const { consumerId, streamId, kind, source, participantId } = info;
		const { headerExtensions = [], ...rtp } = info.rtpParameters;
		this.#building.add(consumerId);
		try {
			const consumer = await this.#receive.consume({
				id: consumerId,
				producerId: streamId,
				kind,
				rtpParameters: { ...rtp, headerExtensions: headerExtensions.filter(isKnownExtension) },
				// Lips and voice of one person stay together; papers must not wait for either.
				streamId: `${participantId}:${source === 'document' || source === 'screen' ? source : 'person'}`,
			});
			if (this.#gone.delete(consumerId)) {
				consumer.close();
				return null;
			}
			const { producerPaused: paused, stalled } = info;
			this.#received.set(consumerId, { info, consumer, paused, stalled });
			return consumerId;
		} catch {
			return null;
		} finally {
			this.#building.delete(consumerId);
		}
	}

	/** After a resumed socket: what the node lists is what there is. */
	async reconcile(listed: readonly ConsumerInfo[]): Promise<void> {
		const ids = new Set(listed.map(({ consumerId }) => consumerId));
		for (const consumerId of [...this.#received.keys()]) if (!ids.has(consumerId)) this.drop(consumerId);
		for (const { consumerId, producerPaused, stalled } of listed) {
			this.setPaused(consumerId, producerPaused);
			this.setStalled(consumerId, stalled);
		}
		const kept = listed.map(({ consumerId }) => consumerId).filter((id) => this.#received.has(id));
		await Promise.all([
			this.receive(listed),
			// The one before the loss may not have arrived.
			kept.length > 0 ? this.#socket.request('consumer:ready', { consumerIds: kept }) : undefined,
			this.#connect('send'),
			this.#connect('receive'),
			this.#mend(this.#send),
			this.#mend(this.#receive),
		]);
	}

	drop(consumerId: string): void {
		const received = this.#received.get(consumerId);
		if (!received) {
			if (this.#building.has(consumerId)) this.#gone.add(consumerId);
			return;
		}
		this.#received.delete(consumerId);
		received.consumer.close();
		this.#events.streams();
	}

	setPaused(consumerId: string, paused: boolean): void {
		const received = this.#received.get(consumerId);
		if (!received || received.paused === paused) return;
		received.paused = paused;
		this.#events.streams();
	}

	setStalled(consumerId: string, stalled: boolean): void {
		const received = this.#received.get(consumerId);
		if (!received || received.stalled === stalled) return;
		received.stalled = stalled;
		this.#events.streams();
	}

	consumersOf(streamId: string): { consumerId: string; spatialLayers: number }[] {
		return [...this.#received.values()]
			.filter(({ info }) => info.streamId === streamId)
			.map(({ info }) => info);
	}

	/** Publishes over this link. Throws what the node refused. */
	async publish(local: Local): Promise<void> {
		const { track, source, streamId } = local;
		if (!track || track.readyState === 'ended') return;
		const producer = await this.#send.produce({
			track,
			...sendOptions(source, track),
			stopTracks: false,
			disableTrackOnPause: false,
			appData: { streamId, source },
		});
		if (this.#closed) return;
		local.producer = producer;
		local.rtpParameters = rtpParameters.parse(producer.rtpParameters);
		await this.announce(local);
	}

	/** Says (again) to the node what is being sent; the same stream is never made twice. */
	async announce(local: Local): Promise<void> {
		const { producer, rtpParameters: parameters, streamId, source, muted } = local;
		if (!producer || !parameters) return;
		const { kind } = producer;
		const { generation } = this;
		try {
			const request = { generation, streamId, source, kind, rtpParameters: parameters, paused: muted };
			const { wanted } = await this.#socket.request('produce', request);
			if (local.producer !== producer) return;
			local.acknowledged = true;
			local.wanted = wanted;
			await applySending(local);
		} catch (error) {
			// Without an answer the stream may exist; the next socket asks again. It may have a newer link by now.
			if (this.#socket.connected && local.producer === producer) this.unpublish(local);
			throw error;
		}
	}

	unpublish(local: Local): void {
		local.producer?.close();
		local.producer = null;
		local.rtpParameters = null;
		local.acknowledged = false;
	}

	async stats(): Promise<RTCStatsReport> {
		return await this.#receive.getStats();
	}

	close(): void {
		this.#closed = true;
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#timers.clear();
		this.#send.close();
		this.#receive.close();
		this.#received.clear();
	}

	#wire(transport: types.Transport, direction: 'send' | 'receive'): void {
		transport.on('connect', ({ dtlsParameters: own }, done, failed) => {
			// Not waited for: by the time ICE and DTLS begin, the node knows the fingerprint.
			try {
				this.#unconnected.set(direction, dtlsParameters.parse(own));
				void this.#connect(direction);
				done();
			} catch (error) {
				failed(error instanceof Error ? error : new Error(String(error)));
			}
		});
		transport.on('connectionstatechange', (state) => {
			this.#events.transport();
			clearTimeout(this.#timers.get(transport));
			if (state === 'failed') void this.#mend(transport);
			if (state === 'disconnected') {
				this.#timers.set(
					transport,
					setTimeout(() => void this.#mend(transport), ICE_PATIENCE_MS),
				);
			}
		});
	}

	async #connect(direction: 'send' | 'receive'): Promise<void> {
		const own = this.#unconnected.get(direction);
		if (!own) return;
		try {
			const { generation } = this;
			await this.#socket.request('transport:connect', { generation, direction, dtlsParameters: own });
			this.#unconnected.delete(direction);
		} catch {
			// The next welcome tries again.
		}
	}

	async #mend(transport: types.Transport): Promise<void> {
		if (this.#closed || !this.#socket.connected) return;
		if (!['disconnected', 'failed'].includes(transport.connectionState)) return;
		const direction = transport.direction === 'send' ? 'send' : 'receive';
		try {
			const { iceParameters } = await this.#socket.request('transport:restart-ice', {
				generation: this.generation,
				direction,
			});
			if (!transport.closed) await transport.restartIce({ iceParameters });
		} catch {
			// The transport's next change of state, or the next welcome, tries again.
		}
	}
}
