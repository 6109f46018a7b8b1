import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const OPCODE = { text: 1, close: 8, ping: 9, pong: 10 } as const;

export interface LineEvents {
	/** One text frame: where it lies in the buffer, which is only good during the call. */
	text: (buffer: Buffer, start: number, end: number) => void;
	closed: () => void;
}

/**
 * The least of a WebSocket client (RFC 6455) that can count what a server sends: short text frames out, whole
 * unmasked frames in. The usual libraries need more time to receive a message than the server to send it.
 */
export class WebSocketLine {
	private readonly socket: Socket;
	private rest: Buffer = Buffer.alloc(0);
	private upgraded = false;

	constructor(url: URL, { text, closed }: LineEvents) {
		this.socket = connect(Number(url.port), url.hostname);
		this.socket.setNoDelay(true);
		this.socket.once('connect', () => {
			this.socket.write(
				`GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\n` +
					`Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
					`Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
			);
		});
		this.socket.on('data', (chunk) => {
			const data = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
			this.rest = data.subarray(this.upgraded ? this.frames(data, 0, text) : this.upgrade(data, text));
		});
		this.socket.on('error', () => undefined);
		this.socket.once('close', closed);
	}

	/** Up to 65,535 bytes. */
	send(text: string): void {
		this.frame(OPCODE.text, Buffer.from(text));
	}

	destroy(): void {
		this.socket.destroy();
	}

	private frame(opcode: number, payload: Buffer): void {
		// Masked with zeros, which leaves the payload as it is.
		const length = payload.length;
		const head =
			length < 126 ? [0x80 | opcode, 0x80 | length] : [0x80 | opcode, 0x80 | 126, length >> 8, length & 255];
		this.socket.write(Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]));
	}

	private upgrade(data: Buffer, text: LineEvents['text']): number {
		const end = data.indexOf('\r\n\r\n');
		if (end < 0) return 0;
		if (!data.subarray(0, 12).toString('latin1').endsWith('101')) {
			this.socket.destroy();
			return data.length;
		}
		this.upgraded = true;
		return this.frames(data, end + 4, text);
	}

	/** Handles whole frames from `at` on and returns where the unfinished one begins. */
	private frames(data: Buffer, at: number, text: LineEvents['text']): number {
		for (;;) {
			if (data.length < at + 2) return at;
			let start = at + 2;
			let length = (data[at + 1] ?? 0) & 127;
			if (length === 126) {
				if (data.length < at + 4) return at;
				length = data.readUInt16BE(at + 2);
				start = at + 4;
			} else if (length === 127) {
				if (data.length < at + 10) return at;
				length = data.readUIntBE(at + 4, 6);
				start = at + 10;
			}
			const end = start + length;
			if (data.length < end) return at;
			const opcode = (data[at] ?? 0) & 15;
			if (opcode === OPCODE.text) text(data, start, end);
			else if (opcode === OPCODE.ping) this.frame(OPCODE.pong, data.subarray(start, end));
			else if (opcode === OPCODE.close) this.socket.destroy();
			at = end;
		}
	}
}
