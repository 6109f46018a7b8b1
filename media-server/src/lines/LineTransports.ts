import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { RoomFloor } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { DtlsParameters, IceParameters, TransportParameters } from '@counter-hub/shared/media/rtp.ts';
import type { types } from 'mediasoup';
import type { PeerTransports, StreamTap, TapOrder } from '../rooms/PeerTransports.ts';
import type { MediaWorker } from '../workers/MediaWorker.ts';

export type Direction = 'send' | 'receive';

/**
 * One page's two transports on one worker, for all its rooms there. `send` is the browser's direction: it sends, we
 * receive. They end with the line or with the worker.
 */
export class LineTransports implements PeerTransports {
	readonly worker: MediaWorker;
	readonly send: types.WebRtcTransport;
	readonly receive: types.WebRtcTransport;
	readonly #asked = new Set<Direction>();

	static async create(worker: MediaWorker, outgoingBitrate: number): Promise<LineTransports> {
		const [send, receive] = await Promise.all([
			worker.createTransport(outgoingBitrate),
			worker.createTransport(outgoingBitrate),
		]);
		return new LineTransports(worker, send, receive);
	}

	private constructor(worker: MediaWorker, send: types.WebRtcTransport, receive: types.WebRtcTransport) {
		this.worker = worker;
		this.send = send;
		this.receive = receive;
	}

	/** At least one of them has finished ICE and DTLS. */
	get connected(): boolean {
		return this.send.dtlsState === 'connected' || this.receive.dtlsState === 'connected';
	}

	get closed(): boolean {
		return this.receive.closed;
	}

	get workerId(): string {
		return this.worker.id;
	}
	get router(): types.Router {
		return this.worker.router;
	}

	produce(options: types.ProducerOptions): Promise<types.Producer> {
		return this.send.produce(options);
	}

	tap({ stream: { producer }, rtpCapabilities }: Omit<TapOrder, 'owner'>): Promise<StreamTap> {
		return this.receive.consume({
			producerId: producer.id,
			rtpCapabilities,
			paused: true,
			preferredLayers: { spatialLayer: 0 },
		});
	}

	/** What arrives here is at hand for whoever watches here. */
	carry(): void {
		return undefined;
	}

	isBeside(others: PeerTransports): boolean {
		return others instanceof LineTransports && others.worker === this.worker;
	}

	/** Tells when one of them has finished ICE and DTLS. */
	onConnected(listener: () => void): void {
		for (const transport of [this.send, this.receive])
			transport.on('dtlsstatechange', (state) => {
				if (state === 'connected') listener();
			});
	}

	/** A repeat is harmless. Throws `invalidRtp` for parameters that the worker refuses. */
	async connect(direction: Direction, dtlsParameters: DtlsParameters): Promise<void> {
		if (this.#asked.has(direction)) return;
		this.#asked.add(direction);
		try {
			await this[direction].connect({ dtlsParameters });
		} catch (error) {
			this.#asked.delete(direction);
			throw new AppError(this[direction].closed ? 'roomUnavailable' : 'invalidRtp', {
				cause: error,
				expose: false,
			});
		}
	}

	async restartIce(direction: Direction): Promise<IceParameters> {
		return await this[direction].restartIce();
	}

	describe(): RoomFloor {
		return {
			workerId: this.worker.id,
			sendTransport: describeTransport(this.send),
			receiveTransport: describeTransport(this.receive),
		};
	}

	close(): void {
		this.send.close();
		this.receive.close();
	}
}

function describeTransport(transport: types.WebRtcTransport): TransportParameters {
	const { id, iceParameters, dtlsParameters } = transport;
	const iceCandidates = transport.iceCandidates.map(({ tcpType, ...candidate }) => ({
		...candidate,
		...(tcpType !== undefined && { tcpType }),
	}));
	return { id, iceParameters, iceCandidates, dtlsParameters };
}
