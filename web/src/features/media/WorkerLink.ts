import type { RoomFloor } from '@counter-hub/shared/media/mediaProtocol.ts';
import { dtlsParameters, type DtlsParameters } from '@counter-hub/shared/media/rtp.ts';
import type { types } from 'mediasoup-client';
import { ICE_PATIENCE_MS } from './mediaLimits.ts';
import type { MediaSocket } from './MediaSocket.ts';
import { Silence } from './Silence.ts';

type Direction = 'send' | 'receive';

/** This page's two transports on one worker of a node, for all rooms that stand there. */
export class WorkerLink {
	readonly workerId: string;
	readonly send: types.Transport;
	readonly receive: types.Transport;
	/** What this browser can send, as far as the node takes it. */
	readonly sendable: types.RtpCapabilities;
	readonly #socket: MediaSocket;
	readonly #onTransport: () => void;
	/** Fingerprints that the node has not acknowledged yet. */
	readonly #unconnected = new Map<Direction, DtlsParameters>();
	readonly #timers = new Map<types.Transport, ReturnType<typeof setTimeout>>();
	readonly #silences = new Map<types.Transport, Silence>();
	#closed = false;

	constructor(socket: MediaSocket, device: types.Device, floor: RoomFloor, onTransport: () => void) {
		this.workerId = floor.workerId;
		this.#socket = socket;
		this.#onTransport = onTransport;
		this.sendable = device.sendRtpCapabilities;
		this.send = device.createSendTransport(floor.sendTransport);
		this.receive = device.createRecvTransport(floor.receiveTransport);
		for (const transport of [this.send, this.receive]) this.#silences.set(transport, new Silence());
		this.#wire(this.send, 'send');
		this.#wire(this.receive, 'receive');
		this.send.on('produce', ({ appData }, done) => {
			// The stream's id is ours, so nothing waits for the node, which is asked meanwhile.
			done({ id: String(appData['streamId']) });
		});
	}

	get closed(): boolean {
		return this.#closed;
	}

	/** True while a transport that is in use has no connection. */
	get broken(): boolean {
		return [this.send, this.receive].some(({ connectionState }) =>
			['disconnected', 'failed'].includes(connectionState),
		);
	}

	/** Media that came steadily has stopped, or a transport says itself that it has no connection. */
	get silent(): boolean {
		return this.broken || [...this.#silences.values()].some(({ lasts }) => lasts);
	}

	/** Takes note of what has been received until now. */
	async listen(): Promise<void> {
		await Promise.all(
			[...this.#silences].map(async ([transport, silence]) => {
				if (transport.closed || transport.connectionState === 'new') return;
				silence.take(await bytesReceived(transport), performance.now());
			}),
		);
	}

	/** Over a socket that answers: says what the node may not have heard, and renews what was lost or fell silent. */
	async revive(): Promise<void> {
		await Promise.all([
			this.#connect('send'),
			this.#connect('receive'),
			this.#mend(this.send),
			this.#mend(this.receive),
		]);
	}

	close(): void {
		this.#closed = true;
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#timers.clear();
		this.send.close();
		this.receive.close();
	}

	#wire(transport: types.Transport, direction: Direction): void {
		transport.on('connect', ({ dtlsParameters: own }, done, failed) => {
			// Not waited for: by the time ICE and DTLS begin, the node knows the fingerprint.
			try {
				this.#unconnected.set(direction, dtlsParameters.parse(own));
				void this.#connect(direction);
				done();
			} catch (error) {
				failed(error instanceof Error ? error : new Error(String(error)));
			}
		});
		transport.on('connectionstatechange', (state) => {
			this.#onTransport();
			clearTimeout(this.#timers.get(transport));
			if (state === 'failed') void this.#mend(transport);
			if (state === 'disconnected') {
				this.#timers.set(
					transport,
					setTimeout(() => void this.#mend(transport), ICE_PATIENCE_MS),
				);
			}
		});
	}

	async #connect(direction: Direction): Promise<void> {
		const own = this.#unconnected.get(direction);
		if (!own) return;
		try {
			const { workerId } = this;
			await this.#socket.request('transport:connect', { workerId, direction, dtlsParameters: own });
			this.#unconnected.delete(direction);
		} catch {
			// The next welcome tries again.
		}
	}

	async #mend(transport: types.Transport): Promise<void> {
		if (this.#closed || !this.#socket.connected) return;
		const silence = this.#silences.get(transport);
		if (!['disconnected', 'failed'].includes(transport.connectionState) && !silence?.lasts) return;
		const direction = transport.direction === 'send' ? 'send' : 'receive';
		try {
			const { iceParameters } = await this.#socket.request('transport:restart-ice', {
				workerId: this.workerId,
				direction,
			});
			if (!transport.closed) await transport.restartIce({ iceParameters });
			silence?.excuse();
		} catch {
			// The transport's next change of state, or the next welcome, tries again.
		}
	}
}

async function bytesReceived(transport: types.Transport): Promise<number> {
	let bytes = 0;
	// Closed meanwhile: nothing more comes.
	const report = await transport.getStats().catch(() => null);
	report?.forEach((entry: RTCStats & Record<string, unknown>) => {
		if (entry.type === 'transport') bytes += Number(entry['bytesReceived'] ?? 0);
	});
	return bytes;
}
