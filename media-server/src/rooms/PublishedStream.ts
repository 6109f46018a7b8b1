import type { MediaSource } from '@counter-hub/shared/media/grant.ts';
import type { MediaKind, RtpParameters } from '@counter-hub/shared/media/rtp.ts';
import type { types } from 'mediasoup';

/** What a page says of a stream that it begins to send. */
export interface PublishRequest {
	readonly streamId: string;
	readonly source: MediaSource;
	readonly kind: MediaKind;
	readonly rtpParameters: RtpParameters;
	readonly paused: boolean;
}

/** One stream that a peer sends, with what its publisher was last told to send of it. */
export class PublishedStream {
	readonly streamId: string;
	readonly source: MediaSource;
	readonly producer: types.Producer;
	/** Highest layer somebody wants, as told to the publisher; −1: nobody. */
	wanted: number;

	constructor(streamId: string, source: MediaSource, producer: types.Producer) {
		this.streamId = streamId;
		this.source = source;
		this.producer = producer;
		this.wanted = producer.kind === 'audio' ? 0 : -1;
	}

	/** Spatial layers that a viewer can choose from. */
	get spatialLayers(): number {
		return this.producer.type === 'simulcast' ? (this.producer.rtpParameters.encodings?.length ?? 1) : 1;
	}
}
