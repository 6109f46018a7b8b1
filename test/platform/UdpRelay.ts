import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Passes datagrams to a target and back, each sender over a socket of its own, as a router with NAT does. */
export class UdpRelay {
	readonly #socket: Socket;
	readonly #ways = new Map<string, Socket>();
	/** Senders whose address is no longer theirs. */
	readonly #stranded = new Set<string>();

	private constructor(socket: Socket, target: { host: string; port: number }) {
		this.#socket = socket;
		socket.on('message', (data, { address, port }) => {
			const sender = `${address}:${String(port)}`;
			if (!this.#stranded.has(sender))
				this.#wayOf(sender, address, port).send(data, target.port, target.host);
		});
	}

	/** Listens at that address, at the target's port. */
	static async at(address: string, target: { host: string; port: number }): Promise<UdpRelay> {
		const socket = createSocket('udp4');
		socket.bind(target.port, address);
		await once(socket, 'listening');
		return new UdpRelay(socket, target);
	}

	/** Whoever has sent until now has another address: nothing of the old one gets through any more, either way. */
	strand(): void {
		for (const [sender, way] of this.#ways) {
			this.#stranded.add(sender);
			way.close();
		}
		this.#ways.clear();
	}

	close(): void {
		this.strand();
		this.#socket.close();
	}

	#wayOf(sender: string, address: string, port: number): Socket {
		const known = this.#ways.get(sender);
		if (known) return known;
		const way = createSocket('udp4');
		way.on('message', (data) => {
			this.#socket.send(data, port, address);
		});
		this.#ways.set(sender, way);
		return way;
	}
}
