import type { ConsumerInfo } from '@counter-hub/shared/media/mediaProtocol.ts';
import { rtpParameters } from '@counter-hub/shared/media/rtp.ts';
import { Deadline } from '../platform/Deadline.ts';
import type { StreamTap } from './PeerTransports.ts';
import type { PublishedStream } from './PublishedStream.ts';

/** Who publishes a stream, as its viewers are told. */
export interface StreamOwner {
	readonly participantId: string;
	readonly label: string;
	readonly side: string;
}

/** One stream that a peer receives. It flows when the viewer is a member, has built it and wants to see it. */
export class Subscription {
	readonly stream: PublishedStream;
	readonly consumer: StreamTap;
	readonly #owner: StreamOwner;
	readonly #climbMs: number;
	/** The page has built its end. */
	#built = false;
	/** The highest spatial layer that the page wants, the lowest until it has said; −1: it does not show the stream. */
	#wanted = 0;
	#strained = false;
	/** The layers that the page wants are in force, instead of the lowest. */
	#climbed = false;
	readonly #climb = new Deadline();
	/** Changes of the flow go to the worker one after another. */
	#changing: Promise<unknown> = Promise.resolve();

	constructor(stream: PublishedStream, consumer: StreamTap, owner: StreamOwner, climbMs: number) {
		this.#climbMs = climbMs;
		this.stream = stream;
		this.consumer = consumer;
		this.#owner = owner;
	}

	/** The viewer's line does not carry all of it. */
	get strained(): boolean {
		return this.#strained;
	}

	/** The page has built its end and wants so much of it; more layers than there are means all. */
	take(wanted: number): void {
		this.#built = true;
		this.#wanted = Math.min(wanted, this.stream.spatialLayers - 1);
		if (this.#climbed && this.#wanted >= 0) this.#applyPreferred().catch(() => undefined);
	}

	/** Highest layer this viewer wants: none when not shown, the lowest while it waits in the lobby. */
	wantedLayer(stage: 'lobby' | 'member'): number {
		return stage === 'lobby' ? Math.min(0, this.#wanted) : this.#wanted;
	}

	/** Makes the flow what it should be. True when it has begun just now. */
	async flow(stage: 'lobby' | 'member'): Promise<boolean> {
		const change = this.#changing.then(() => this.#change(stage));
		this.#changing = change.catch(() => undefined);
		// What fails here has been closed meanwhile.
		return await change.catch(() => false);
	}

	/** True when that is news. */
	setStrained(strained: boolean): boolean {
		const news = this.#strained !== strained;
		this.#strained = strained;
		return news;
	}

	close(): void {
		this.#climb.clear();
		this.consumer.close();
	}

	async #change(stage: 'lobby' | 'member'): Promise<boolean> {
		if (this.consumer.closed) return false;
		const flows = stage === 'member' && this.#built && this.#wanted >= 0;
		if (flows === !this.consumer.paused) return false;
		if (!flows) {
			await this.consumer.pause();
			return false;
		}
		this.#startClimbing();
		await this.consumer.resume();
		return true;
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
			await this.consumer.setPreferredLayers({ spatialLayer: Math.max(0, this.#wanted) });
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
			strained: this.#strained,
			spatialLayers,
		};
	}
}
