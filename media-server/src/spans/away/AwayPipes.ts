import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { MediaKind, RtpParameters } from '@counter-hub/shared/media/rtp.ts';
import type { PipeEnd, SpanAccount } from '@counter-hub/shared/media/spanProtocol.ts';
import type { types } from 'mediasoup';
import type { MediaWorker } from '../../workers/MediaWorker.ts';
import { connectPipe, endOf, openPipe, type PipeAddress } from '../PipePort.ts';

/** The other end of a `HomePipe`: what goes to the home, and what comes from there for pages of this node. */
export class AwayPipe {
	readonly worker: MediaWorker;
	readonly #transport: types.PipeTransport;
	readonly #outgoing = new Map<string, types.Consumer>();
	readonly #incoming = new Map<string, Promise<types.Producer>>();

	constructor(worker: MediaWorker, transport: types.PipeTransport) {
		this.worker = worker;
		this.#transport = transport;
	}

	/** How a stream of a page here goes to the home; it does not flow before it is asked for. */
	async send(producer: types.Producer): Promise<types.RtpParameters> {
		const consumer = await this.#transport.consume({ producerId: producer.id });
		await consumer.pause();
		this.#outgoing.set(producer.id, consumer);
		consumer.on('producerclose', () => this.#outgoing.delete(producer.id));
		return consumer.rtpParameters;
	}

	async carry(streamId: string, on: boolean): Promise<void> {
		const consumer = this.#outgoing.get(streamId);
		if (!consumer || consumer.closed) return;
		await (on ? consumer.resume() : consumer.pause());
	}

	/** A stream that comes from the home; the same for all pages here. */
	async receive(
		streamId: string,
		{ kind, rtpParameters }: { kind: MediaKind; rtpParameters: RtpParameters },
	): Promise<types.Producer> {
		let coming = this.#incoming.get(streamId);
		if (!coming) {
			// By a name of its own: when the room has moved here, whoever sends the stream may come in before this one is closed.
			coming = this.#transport.produce({ kind, rtpParameters });
			this.#incoming.set(streamId, coming);
			coming.catch(() => this.#incoming.delete(streamId));
		}
		return await coming;
	}

	gone(streamId: string): void {
		const coming = this.#incoming.get(streamId);
		this.#incoming.delete(streamId);
		coming?.then(
			(producer) => {
				producer.close();
			},
			() => undefined,
		);
	}

	/** What was said while the line to the home was away counts by what the home has now. */
	settle({ carried, fetched }: Pick<SpanAccount['pipes'][number], 'carried' | 'fetched'>): void {
		for (const streamId of [...this.#incoming.keys()]) if (!carried.includes(streamId)) this.gone(streamId);
		for (const streamId of this.#outgoing.keys())
			this.carry(streamId, fetched.includes(streamId)).catch(() => undefined);
	}

	close(): void {
		this.#transport.close();
	}
}

/** The pipes between this node and one home. */
export class AwayPipes {
	readonly #address: PipeAddress;
	readonly #pipes = new Map<string, AwayPipe>();

	constructor(address: PipeAddress) {
		this.#address = address;
	}

	/** @throws AppError `roomUnavailable` where there is no such pipe, any longer */
	find(pipeId: string): AwayPipe {
		const pipe = this.#pipes.get(pipeId);
		if (!pipe) throw new AppError('roomUnavailable');
		return pipe;
	}

	async open(pipeId: string, worker: MediaWorker, far: PipeEnd): Promise<PipeEnd> {
		const transport = await openPipe(worker.router, this.#address);
		try {
			await connectPipe(transport, far);
		} catch (error) {
			transport.close();
			throw error;
		}
		const pipe = new AwayPipe(worker, transport);
		this.#pipes.set(pipeId, pipe);
		transport.observer.once('close', () => this.#pipes.delete(pipeId));
		return endOf(transport, this.#address);
	}

	settle(account: SpanAccount['pipes']): void {
		for (const [pipeId, pipe] of [...this.#pipes]) {
			const known = account.find((one) => one.pipeId === pipeId);
			if (known) pipe.settle(known);
			else pipe.close();
		}
	}

	close(pipeId: string): void {
		this.#pipes.get(pipeId)?.close();
	}

	closeAll(): void {
		for (const pipe of [...this.#pipes.values()]) pipe.close();
	}
}
