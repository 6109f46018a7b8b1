import type { ConsumerInfo } from '@counter-hub/shared/media/mediaProtocol.ts';
import { rtpParameters } from '@counter-hub/shared/media/rtp.ts';
import type { types } from 'mediasoup';
import { Deadline } from '../platform/Deadline.ts';
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
	readonly #climbMs: number;
	/** The page has built its end. */
	ready = false;
	/** The page does not show it. */
	hidden = false;
	#preferred: types.ConsumerLayers;
	/** The layers that the page wants are in force, instead of the lowest. */
	#climbed = false;
	readonly #climb = new Deadline();

	constructor(stream: PublishedStream, consumer: types.Consumer, owner: StreamOwner, climbMs: number) {
		this.#climbMs = climbMs;
		this.stream = stream;
		this.consumer = consumer;
		this.#owner = owner;
		this.#preferred = { spatialLayer: stream.spatialLayers - 1 };
	}

	/** Highest layer this viewer wants: none when not shown, the lowest while it waits in the lobby. */
	wantedLayer(stage: 'lobby' | 'member'): number {
		if (this.hidden) return -1;
		return stage === 'lobby' ? 0 : this.#preferred.spatialLayer;
	}

	/** Makes the flow what it should be. Nothing to do when it is already. */
	async flow(stage: 'lobby' | 'member'): Promise<void> {
		if (this.consumer.closed) return;
		const flows = stage === 'member' && this.ready && !this.hidden;
		if (flows && this.consumer.paused) {
			this.#startClimbing();
			await this.consumer.resume();
		}
		if (!flows && !this.consumer.paused) await this.consumer.pause();
	}

	/** The highest layers that the page wants to have; more than there are means all. */
	async prefer({ spatialLayer, temporalLayer }: types.ConsumerLayers): Promise<void> {
		this.#preferred = {
			spatialLayer: Math.min(spatialLayer, this.stream.spatialLayers - 1),
			...(temporalLayer !== undefined && { temporalLayer }),
		};
		if (this.#climbed) await this.#applyPreferred();
	}

	close(): void {
		this.#climb.clear();
		this.consumer.close();
	}

	/**
	 * The first picture comes from the lowest layer, which is there first: browsers answer only one request for key
	 * frames within 300 ms, and a viewer who changes his mind while layers come up would wait for the next one.
	 */
	#startClimbing(): void {
		if (this.#climbed) return;
		this.#climb.set(this.#climbMs, () => {
			this.#climbed = true;
			this.#applyPreferred().catch(() => undefined);
		});
	}

	async #applyPreferred(): Promise<void> {
		if (this.consumer.type !== 'simple' && !this.consumer.closed) {
			await this.consumer.setPreferredLayers(this.#preferred);
		}
	}

	describe(): ConsumerInfo {
		const { streamId, source, spatialLayers, producer, stalled } = this.stream;
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
			stalled,
			spatialLayers,
		};
	}
}
