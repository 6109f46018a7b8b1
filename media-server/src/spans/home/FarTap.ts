import { EventEmitter } from 'node:events';
import type { MediaKind } from '@counter-hub/shared/media/rtp.ts';
import type { TapAct, TapStat } from '@counter-hub/shared/media/spanProtocol.ts';
import type { types } from 'mediasoup';
import type { StreamTap } from '../../rooms/PeerTransports.ts';
import type { HomePipe } from './HomePipe.ts';
import type { Span } from './Span.ts';

interface FarTapEvents {
	producerclose: [];
	producerpause: [];
	producerresume: [];
	trace: [{ type: string }];
}

interface FarTapParts {
	readonly span: Span;
	/** By which the stream comes to the other node; null where its page is there, too. */
	readonly pipe: HomePipe | null;
	readonly producer: types.Producer;
	readonly tapId: string;
	readonly kind: MediaKind;
	readonly type: types.ConsumerType;
	readonly rtpParameters: types.RtpParameters;
}

/** A stream on its way to a page of another node: that node hands it out, and does what is said here. */
export class FarTap extends EventEmitter<FarTapEvents> implements StreamTap {
	readonly id: string;
	readonly kind: MediaKind;
	readonly type: types.ConsumerType;
	readonly rtpParameters: types.RtpParameters;
	readonly #span: Span;
	readonly #pipe: HomePipe | null;
	readonly #producer: types.Producer;
	#paused = true;
	#closed = false;

	constructor({ span, pipe, producer, tapId, kind, type, rtpParameters }: FarTapParts) {
		super();
		this.id = tapId;
		this.kind = kind;
		this.type = type;
		this.rtpParameters = rtpParameters;
		this.#span = span;
		this.#pipe = pipe;
		this.#producer = producer;
		span.taps.set(tapId, this);
		producer.observer.on('pause', this.#onPause);
		producer.observer.on('resume', this.#onResume);
		producer.observer.on('close', this.#onGone);
		if (producer.closed) this.#onGone();
	}

	get paused(): boolean {
		return this.#paused;
	}
	get producerPaused(): boolean {
		return this.#producer.paused;
	}
	get closed(): boolean {
		return this.#closed;
	}

	async resume(): Promise<void> {
		this.#paused = false;
		await this.#pipe?.begin(this.#producer.id, this);
		await this.#do({ act: 'resume' });
	}

	async pause(): Promise<void> {
		this.#paused = true;
		this.#pipe?.end(this.#producer.id, this);
		await this.#do({ act: 'pause' });
	}

	async setPreferredLayers({ spatialLayer }: { spatialLayer: number }): Promise<void> {
		await this.#do({ act: 'layer', layer: spatialLayer });
	}

	async requestKeyFrame(): Promise<void> {
		await this.#do({ act: 'keyFrame' });
	}

	async enableTraceEvent(): Promise<void> {
		await this.#do({ act: 'watchLosses' });
	}

	async getStats(): Promise<TapStat[]> {
		const { stats } = await this.#span.command('tap:stats', { tapId: this.id });
		return stats;
	}

	close(): void {
		if (this.#closed) return;
		this.#forget();
		this.#span.order('tap:do', { tapId: this.id, act: { act: 'close' } });
	}

	async #do(act: TapAct): Promise<void> {
		if (!this.#closed) await this.#span.command('tap:do', { tapId: this.id, act });
	}

	#forget(): void {
		this.#closed = true;
		this.#pipe?.end(this.#producer.id, this);
		this.#span.taps.delete(this.id);
		const { observer } = this.#producer;
		observer.off('pause', this.#onPause);
		observer.off('resume', this.#onResume);
		observer.off('close', this.#onGone);
	}

	readonly #onPause = () => this.emit('producerpause');
	readonly #onResume = () => this.emit('producerresume');
	readonly #onGone = () => {
		if (this.#closed) return;
		this.close();
		this.emit('producerclose');
	};
}
