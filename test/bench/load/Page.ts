import { LIMITS } from '@counter-hub/shared/limits/limits.ts';
import { WebSocketLine } from './WebSocketLine.ts';

const { firstMs, mostMs, jitter } = LIMITS.hubReconnect;

export interface PageEvents {
	in: () => void;
	lost: () => void;
	refused: (why: string) => void;
	/** A message of the name that `count` was told. */
	counted: () => void;
}

/**
 * One page's Socket.IO connection as far as the server can tell: the handshake, answers to pings, reconnects with the
 * page's own pauses. Messages are counted by name and otherwise left alone.
 */
export class Page {
	private line: WebSocketLine | undefined;
	private attempt = 0;
	private isIn = false;
	private closed = false;
	private readonly url: URL;
	private readonly connectPacket: string;
	private readonly messagePrefix: string;
	private readonly handshake: string;
	private readonly events: PageEvents;
	private countedPrefix: Buffer | undefined;

	constructor(url: string, namespace: string, handshake: object, events: PageEvents) {
		this.url = new URL('/socket.io/?EIO=4&transport=websocket', url);
		this.connectPacket = `40${namespace},`;
		this.messagePrefix = `42${namespace},`;
		this.handshake = JSON.stringify(handshake);
		this.events = events;
	}

	open(): void {
		const line = new WebSocketLine(this.url, {
			text: (buffer, start, end) => this.onPacket(line, buffer, start, end),
			closed: () => this.onClose(),
		});
		this.line = line;
	}

	count(event: string): void {
		this.countedPrefix = Buffer.from(`${this.messagePrefix}["${event}"`);
	}

	/** Sends `["event",payload]` as JSON; no answer is asked for. */
	send(text: string): void {
		this.line?.send(this.messagePrefix + text);
	}

	close(): void {
		this.closed = true;
		this.line?.destroy();
	}

	private onPacket(line: WebSocketLine, buffer: Buffer, start: number, end: number): void {
		const prefix = this.countedPrefix;
		if (prefix && end - start >= prefix.length) {
			if (buffer.compare(prefix, 0, prefix.length, start, start + prefix.length) === 0) {
				this.events.counted();
				return;
			}
		}
		const text = buffer.toString('latin1', start, Math.min(end, start + 400));
		if (text.startsWith('0')) line.send(this.connectPacket + this.handshake);
		else if (text === '2') line.send('3');
		else if (text.startsWith(this.connectPacket)) {
			this.attempt = 0;
			this.isIn = true;
			this.events.in();
		} else if (text.startsWith('44')) this.events.refused(text);
	}

	private onClose(): void {
		if (this.closed) return;
		if (this.isIn) this.events.lost();
		this.isIn = false;
		const pause = Math.min(mostMs, firstMs * 2 ** this.attempt++);
		const random = 1 + (Math.random() * 2 - 1) * jitter;
		setTimeout(() => this.open(), pause * random);
	}
}
