import type { ConsumerInfo } from '@counter-hub/shared/media/mediaProtocol.ts';
import { rtpParameters } from '@counter-hub/shared/media/rtp.ts';
import type { types } from 'mediasoup';
import type { PublishedStream } from './PublishedStream.ts';

/** Who publishes a stream, as its viewers are told. */
export interface StreamOwner {
	readonly participantId: string;
	readonly label: string;
	readonly side: string;
}

/** One stream that a peer receives. It flows when the viewer is a member, has built it and has not paused it. */
export class Subscription {
	readonly stream: PublishedStream;
	readonly consumer: types.Consumer;
	readonly #owner: StreamOwner;
	/** The page has built its end. */
	ready = false;
	/** The page does not show it. */
	hidden = false;
	/** Highest layer the page asked for. */
	preferredLayer: number;

	constructor(stream: PublishedStream, consumer: types.Consumer, owner: StreamOwner) {
		this.stream = stream;
		this.consumer = consumer;
		this.#owner = owner;
		this.preferredLayer = stream.spatialLayers - 1;
	}

	/** Highest layer this viewer wants: none when not shown, the lowest while it waits in the lobby. */
	wantedLayer(stage: 'lobby' | 'member'): number {
		if (this.hidden) return -1;
		return stage === 'lobby' ? 0 : this.preferredLayer;
	}

	/** Makes the flow what it should be. Nothing to do when it is already. */
	async flow(stage: 'lobby' | 'member'): Promise<void> {
		if (this.consumer.closed) return;
		const flows = stage === 'member' && this.ready && !this.hidden;
		if (flows && this.consumer.paused) await this.consumer.resume();
		if (!flows && !this.consumer.paused) await this.consumer.pause();
	}

	describe(): ConsumerInfo {
		const { streamId, source, spatialLayers, producer } = this.stream;
		const { participantId, label, side } = this.#owner;
		return {
			consumerId: this.consumer.id,
			streamId,
			participantId,
			label,
			side,
			source,
			kind: this.consumer.kind,
			// The worker's answer holds `undefined` where a publisher gave nothing; JSON leaves that out.
			rtpParameters: rtpParameters.parse(JSON.parse(JSON.stringify(this.consumer.rtpParameters))),
			producerPaused: producer.paused,
			spatialLayers,
		};
	}
}
