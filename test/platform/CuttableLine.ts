import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/**
 * A line to a server that can be cut (what runs over it is broken off), frozen (it stands, and nothing gets through), and
 * mended.
 */
export class CuttableLine {
	readonly url: string;
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();
	#isCut = false;
	#isFrozen = false;

	private constructor(server: Server, target: string) {
		this.#server = server;
		this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const { hostname, port } = new URL(target);
		server.on('connection', (near) => {
			if (this.#isCut) near.destroy();
			else this.#join(near, connect(Number(port), hostname));
		});
	}

	static async to(target: string): Promise<CuttableLine> {
		const server = createServer();
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return new CuttableLine(server, target);
	}

	cut(): void {
		this.#isCut = true;
		for (const socket of this.#sockets) socket.destroy();
	}

	freeze(): void {
		this.#isFrozen = true;
		for (const socket of this.#sockets) socket.pause();
	}

	mend(): void {
		this.#isCut = false;
		this.#isFrozen = false;
		for (const socket of this.#sockets) socket.resume();
	}

	close(): void {
		this.cut();
		this.#server.close();
	}

	#join(near: Socket, far: Socket): void {
		for (const socket of [near, far]) {
			this.#sockets.add(socket);
			socket.on('error', () => socket.destroy());
			socket.on('close', () => {
				this.#sockets.delete(socket);
				near.destroy();
				far.destroy();
			});
		}
		near.pipe(far).pipe(near);
		if (this.#isFrozen) this.freeze();
	}
}
