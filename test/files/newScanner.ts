import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Something that speaks clamd's INSTREAM; it finds whatever holds `EICAR`, and can be away. */
export class TestScanner {
	#server: Server | undefined;
	#port = 0;

	get url(): string {
		return `clamav://127.0.0.1:${this.#port}`;
	}

	async start(): Promise<this> {
		const server = createServer((socket) => {
			let seen = Buffer.alloc(0);
			socket.on('error', () => undefined);
			socket.on('data', (part) => {
				seen = Buffer.concat([seen, part]);
				if (seen.subarray(-4).equals(Buffer.alloc(4)))
					socket.end(seen.includes('EICAR') ? 'stream: Eicar FOUND\0' : 'stream: OK\0');
			});
		});
		server.listen(this.#port, '127.0.0.1');
		await once(server, 'listening');
		this.#port = (server.address() as AddressInfo).port;
		this.#server = server;
		return this;
	}

	/** Nobody answers at its address any more. */
	goAway(): void {
		this.#server?.close();
		this.#server = undefined;
	}
}

export async function newScanner(): Promise<TestScanner> {
	const scanner = await new TestScanner().start();
	onTestFinished(() => scanner.goAway());
	return scanner;
}
