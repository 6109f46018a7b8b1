import { createSocket, type Socket } from 'node:dgram';

/** A queue of packets holds so many milliseconds; what comes on top is lost. */
const QUEUE_MS = 200;

/**
 * A UDP line between browsers and a media node that carries only so much towards each browser and takes its time. The
 * browsers send to `address`, where this relay listens on the node's own port; the node is bound to 127.0.0.1.
 */
export class NarrowLine {
	/** Bits per second towards each browser. */
	rate = Infinity;
	readonly #delayMs: number;
	#closed = false;
	readonly #outside: Socket = createSocket('udp4');
	/** One socket towards the node for each browser. */
	readonly #inside = new Map<string, Socket>();

	/** `delayMs`: how long each packet is under way, in either direction. */
	static async open(address: string, port: number, delayMs = 0): Promise<NarrowLine> {
		const line = new NarrowLine(port, delayMs);
		await new Promise<void>((done) => line.#outside.bind(port, address, done));
		return line;
	}

	private constructor(port: number, delayMs: number) {
		this.#delayMs = delayMs;
		this.#outside.on('message', (packet, { address, port: from }) => {
			const key = `${address}:${String(from)}`;
			let socket = this.#inside.get(key);
			if (!socket) {
				socket = this.#toNode(address, from);
				this.#inside.set(key, socket);
			}
			const way = socket;
			this.#later(delayMs, () => {
				way.send(packet, port, '127.0.0.1');
			});
		});
	}

	close(): void {
		this.#closed = true;
		this.#outside.close();
		for (const socket of this.#inside.values()) socket.close();
	}

	#toNode(address: string, port: number): Socket {
		const socket = createSocket('udp4');
		let freeAt = 0;
		socket.on('message', (packet) => {
			const now = performance.now();
			if (freeAt - now > QUEUE_MS) return;
			freeAt = Math.max(now, freeAt) + (packet.length * 8_000) / this.rate;
			this.#later(freeAt - now + this.#delayMs, () => {
				this.#outside.send(packet, port, address);
			});
		});
		return socket;
	}

	#later(ms: number, send: () => void): void {
		setTimeout(() => {
			if (!this.#closed) send();
		}, ms);
	}
}
