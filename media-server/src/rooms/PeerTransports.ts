import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { DtlsParameters, IceParameters, TransportParameters } from '@counter-hub/shared/media/rtp.ts';
import type { types } from 'mediasoup';

export type Direction = 'send' | 'receive';

/** One peer's two transports in one generation of the room. `send` is the browser's direction: it sends, we receive. */
export class PeerTransports {
	readonly generation: number;
	readonly send: types.WebRtcTransport;
	readonly receive: types.WebRtcTransport;
	readonly #asked = new Set<Direction>();

	constructor(generation: number, send: types.WebRtcTransport, receive: types.WebRtcTransport) {
		this.generation = generation;
		this.send = send;
		this.receive = receive;
	}

	/** At least one of them has finished ICE and DTLS. */
	get connected(): boolean {
		return this.send.dtlsState === 'connected' || this.receive.dtlsState === 'connected';
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

	close(): void {
		this.send.close();
		this.receive.close();
	}
}

export function describeTransport(transport: types.WebRtcTransport): TransportParameters {
	const { id, iceParameters, dtlsParameters } = transport;
	const iceCandidates = transport.iceCandidates.map(({ tcpType, ...candidate }) => ({
		...candidate,
		...(tcpType !== undefined && { tcpType }),
	}));
	return { id, iceParameters, iceCandidates, dtlsParameters };
}
