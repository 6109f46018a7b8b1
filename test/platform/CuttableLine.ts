import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/**
 * A line to a server that can be cut (what runs over it is broken off), frozen (it stands, and nothing gets through),
 * stranded (so is what runs over it now, and what begins later is not), lose answers (what is asked gets through, what
 * comes back does not), and be mended.
 */
export class CuttableLine {
	readonly url: string;
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();
	#isCut = false;
	#isFrozen = false;
	#losesAnswers = false;

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

	/** Until it is mended; cut it before that, or answers come in the middle. */
	loseAnswers(): void {
		this.#losesAnswers = true;
	}

	strand(): void {
		for (const socket of this.#sockets) socket.pause();
	}

	mend(): void {
		this.#losesAnswers = false;
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
		near.pipe(far);
		far.on('data', (bytes: Buffer) => {
			if (!this.#losesAnswers) near.write(bytes);
		});
		if (this.#isFrozen) this.freeze();
	}
}
