import { createSocket, type Socket } from 'node:dgram';

/** A queue of packets holds so many milliseconds; what comes on top is lost. */
const QUEUE_MS = 200;

/**
 * A UDP line between browsers and a media node that carries only so much towards each browser. The node announces
 * `address`, where this relay listens on the node's own port, and is itself bound to 127.0.0.1.
 */
export class NarrowLine {
	/** Bits per second towards each browser. */
	rate = Infinity;
	readonly #outside: Socket = createSocket('udp4');
	/** One socket towards the node for each browser. */
	readonly #inside = new Map<string, Socket>();

	static async open(address: string, port: number): Promise<NarrowLine> {
		const line = new NarrowLine(port);
		await new Promise<void>((done) => line.#outside.bind(port, address, done));
		return line;
	}

	private constructor(port: number) {
		this.#outside.on('message', (packet, { address, port: from }) => {
			const key = `${address}:${String(from)}`;
			let socket = this.#inside.get(key);
			if (!socket) {
				socket = this.#toNode(address, from);
				this.#inside.set(key, socket);
			}
			socket.send(packet, port, '127.0.0.1');
		});
	}

	close(): void {
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
			setTimeout(() => {
				if (this.#inside.size > 0) this.#outside.send(packet, port, address);
			}, freeAt - now);
		});
		return socket;
	}
}
