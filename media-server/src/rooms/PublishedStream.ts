import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { MediaSource } from '@counter-hub/shared/media/grant.ts';
import type { MediaKind, RtpParameters } from '@counter-hub/shared/media/rtp.ts';
import type { types } from 'mediasoup';
import type { PeerTransports } from './PeerTransports.ts';

/** Browsers ignore a request for a key frame within 300 ms of the last one, so the next one waits for so long. */
export const KEY_FRAME_INTERVAL_MS = 320;

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
	/** By which it comes. */
	readonly origin: PeerTransports;
	/** Highest layer somebody wants, as told to the publisher; −1: nobody. */
	wanted: number;
	/** What its publisher was told to send at most, in bits per second; null: no limit. */
	#budget: number | null = null;
	/** Its camera gives no new pictures, says its publisher. */
	stalled = false;

	/** Throws `invalidRtp` for parameters that the worker refuses. */
	static async create(origin: PeerTransports, request: PublishRequest): Promise<PublishedStream> {
		const { streamId, source, kind, rtpParameters, paused } = request;
		const keyFrameRequestDelay = KEY_FRAME_INTERVAL_MS;
		try {
			const producer = await origin.produce({
				id: streamId,
				kind,
				rtpParameters,
				paused,
				keyFrameRequestDelay,
			});
			return new PublishedStream(streamId, source, { producer, origin });
		} catch (error) {
			throw new AppError(origin.closed ? 'roomUnavailable' : 'invalidRtp', {
				cause: error,
				expose: false,
			});
		}
	}

	private constructor(
		streamId: string,
		source: MediaSource,
		{ producer, origin }: { producer: types.Producer; origin: PeerTransports },
	) {
		this.streamId = streamId;
		this.source = source;
		this.producer = producer;
		this.origin = origin;
		this.wanted = producer.kind === 'audio' ? 0 : -1;
	}

	/** True when that is news. */
	setBudget(bitrate: number | null): boolean {
		const news = this.#budget !== bitrate;
		this.#budget = bitrate;
		return news;
	}

	/** MIME type in small letters. */
	get codec(): string {
		return this.producer.rtpParameters.codecs[0]?.mimeType.toLowerCase() ?? '';
	}

	/** Spatial layers that a viewer can choose from. */
	get spatialLayers(): number {
		return this.producer.type === 'simulcast' ? (this.producer.rtpParameters.encodings?.length ?? 1) : 1;
	}
}
