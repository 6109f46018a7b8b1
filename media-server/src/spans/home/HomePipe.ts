import { randomUUID } from 'node:crypto';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { rtpParameters, type MediaKind, type RtpParameters } from '@counter-hub/shared/media/rtp.ts';
import type { SpanAccount } from '@counter-hub/shared/media/spanProtocol.ts';
import type { types } from 'mediasoup';
import type { MediaWorker } from '../../workers/MediaWorker.ts';
import { connectPipe, endOf, openPipe, plain, type PipeAddress } from '../PipePort.ts';
import type { FarTap } from './FarTap.ts';
import type { Span } from './Span.ts';

/** A stream that goes to the other node: once, however many there watch it. */
interface Carried {
	readonly consumer: types.Consumer;
	readonly kind: MediaKind;
	readonly rtpParameters: RtpParameters;
}

/** This end of the way between a worker here and one of the other node. */
export class HomePipe {
	readonly pipeId = randomUUID();
	readonly worker: MediaWorker;
	readonly farWorkerId: string;
	readonly transport: types.PipeTransport;
	readonly #span: Span;
	readonly #carried = new Map<string, Promise<Carried>>();
	/** Those at the other node to whom a stream flows. */
	readonly #flowing = new Map<string, Set<FarTap>>();
	/** Streams of pages there that go on from here. */
	readonly #fetched = new Set<string>();

	static async open(
		span: Span,
		{ worker, farWorkerId, address }: { worker: MediaWorker; farWorkerId: string; address: PipeAddress },
	): Promise<HomePipe> {
		const transport = await openPipe(worker.router, address);
		const pipe = new HomePipe(span, { worker, farWorkerId, transport });
		try {
			const { end } = await span.command('pipe:open', {
				pipeId: pipe.pipeId,
				workerId: farWorkerId,
				end: endOf(transport, address),
			});
			await connectPipe(transport, end);
		} catch (error) {
			transport.close();
			throw error;
		}
		return pipe;
	}

	private constructor(
		span: Span,
		{ worker, farWorkerId, transport }: Pick<HomePipe, 'worker' | 'farWorkerId' | 'transport'>,
	) {
		this.#span = span;
		this.worker = worker;
		this.farWorkerId = farWorkerId;
		this.transport = transport;
		// Also when the worker here has died.
		this.onClosed(() => {
			span.order('pipe:close', { pipeId: this.pipeId });
		});
	}

	get closed(): boolean {
		return this.transport.closed;
	}

	onClosed(listener: () => void): void {
		this.transport.observer.once('close', listener);
	}

	/** How a stream goes to the other node; it does not flow yet. */
	async carry(producer: types.Producer): Promise<Omit<Carried, 'consumer'>> {
		let making = this.#carried.get(producer.id);
		if (!making) {
			making = this.#consume(producer);
			this.#carried.set(producer.id, making);
			making.catch(() => this.#carried.delete(producer.id));
		}
		const { kind, rtpParameters: parameters } = await making;
		return { kind, rtpParameters: parameters };
	}

	/** Before it flows to a page there it must come to that node. */
	async begin(streamId: string, tap: FarTap): Promise<void> {
		const flowing = this.#flowing.get(streamId) ?? new Set();
		this.#flowing.set(streamId, flowing.add(tap));
		const carried = await this.#carried.get(streamId);
		if (flowing.size > 0 && carried?.consumer.paused) await carried.consumer.resume();
	}

	end(streamId: string, tap: FarTap): void {
		const flowing = this.#flowing.get(streamId);
		if (!flowing?.delete(tap) || flowing.size > 0) return;
		this.#stop(streamId, flowing).catch(() => undefined);
	}

	/** What fails here has been closed meanwhile. */
	async #stop(streamId: string, flowing: ReadonlySet<FarTap>): Promise<void> {
		const carried = await this.#carried.get(streamId);
		if (flowing.size === 0 && carried?.consumer.closed === false) await carried.consumer.pause();
	}

	/** A stream of a page there is wanted here, or no longer. */
	fetch(streamId: string, on: boolean): void {
		if (this.#fetched.has(streamId) === on) return;
		if (on) this.#fetched.add(streamId);
		else this.#fetched.delete(streamId);
		this.#span.order('stream:carry', { pipeId: this.pipeId, streamId, on });
	}

	/** For a node that takes its line up again. */
	describe(): SpanAccount['pipes'][number] {
		const { pipeId } = this;
		return { pipeId, carried: [...this.#carried.keys()], fetched: [...this.#fetched] };
	}

	close(): void {
		this.transport.close();
	}

	async #consume(producer: types.Producer): Promise<Carried> {
		const streamId = producer.id;
		const consumer = await this.transport.consume({ producerId: streamId });
		await consumer.pause();
		if (producer.closed) {
			consumer.close();
			throw new AppError('unknownProducer');
		}
		consumer.on('producerclose', () => {
			this.#carried.delete(streamId);
			this.#flowing.delete(streamId);
			this.#span.order('stream:gone', { pipeId: this.pipeId, streamId });
		});
		return {
			consumer,
			kind: consumer.kind,
			rtpParameters: rtpParameters.parse(plain(consumer.rtpParameters)),
		};
	}
}
