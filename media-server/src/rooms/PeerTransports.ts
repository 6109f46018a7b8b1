import type { RoomFloor } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { MediaKind, RtpCapabilities, RtpParameters } from '@counter-hub/shared/media/rtp.ts';
import type { TapStat } from '@counter-hub/shared/media/spanProtocol.ts';
import type { types } from 'mediasoup';
import type { SignedGrant } from './grants.ts';
import type { PublishedStream } from './PublishedStream.ts';

/** A stream on its way to one viewer: a consumer of mediasoup here, or one at the viewer's own node. */
export interface StreamTap {
	readonly id: string;
	readonly kind: MediaKind;
	readonly type: types.ConsumerType;
	readonly rtpParameters: types.RtpParameters;
	readonly paused: boolean;
	readonly producerPaused: boolean;
	readonly closed: boolean;
	pause(): Promise<void>;
	resume(): Promise<void>;
	setPreferredLayers(layers: { spatialLayer: number }): Promise<void>;
	requestKeyFrame(): Promise<void>;
	/** Tells by `trace` when the viewer asks again for packets that were lost. */
	enableTraceEvent(types: ['nack']): Promise<void>;
	getStats(): Promise<TapStat[]>;
	close(): void;
	on(event: 'producerclose' | 'producerpause' | 'producerresume', listener: () => void): unknown;
	on(event: 'trace', listener: (trace: { type: string }) => void): unknown;
	listenerCount(event: 'trace'): number;
}

/** What is handed out to a viewer. */
export interface TapOrder {
	readonly stream: PublishedStream;
	/** Of whom it is. */
	readonly owner: SignedGrant;
	/** Of what the viewer's page can receive. */
	readonly rtpCapabilities: RtpCapabilities;
}

/** The transports of a peer's page, on the worker where its room stands or at a node of its own. */
export interface PeerTransports {
	/** By which its page knows them. */
	readonly workerId: string;
	/** Where its room stands. */
	readonly router: types.Router;
	/** At least one of them has finished ICE and DTLS. */
	readonly connected: boolean;
	readonly closed: boolean;
	produce(options: {
		id: string;
		kind: MediaKind;
		rtpParameters: RtpParameters;
		paused: boolean;
		keyFrameRequestDelay: number;
	}): Promise<types.Producer>;
	/** Begins paused, at the lowest layer. */
	tap(order: TapOrder): Promise<StreamTap>;
	/** Whether anybody watches that stream who is not at the node of these transports. */
	carry(streamId: string, on: boolean): void;
	/** Whether what these send is there already for whoever is at the node of those. */
	isBeside(others: PeerTransports): boolean;
	describe(): RoomFloor;
}
