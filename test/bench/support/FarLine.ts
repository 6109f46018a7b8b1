/// <reference lib="dom" />
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Page } from 'playwright-core';
import { NarrowLine } from '../../platform/NarrowLine.ts';
import { LossyWay } from './LossyWay.ts';

/** Here the media of a far browser arrive; the servers are on 127.0.0.1. */
const RELAY = '127.0.0.3';
const SOCKS = 5;
const CONNECT = 1;
const NAMED = 3;
const DONE = Buffer.from([SOCKS, 0, 0, 1, 0, 0, 0, 0, 0, 0]);

/**
 * A long line between browsers and the servers of this machine: each packet, of requests, sockets and media alike, is
 * under way for so long. What a browser connects to goes through `proxy`; its media go another way, see `lead`. Where
 * `loss` (0–1) is given, so many segments of what goes through `proxy` have to be sent again.
 */
export class FarLine {
	readonly #delayMs: number;
	readonly #loss: number;
	readonly #server: Server;
	#media: NarrowLine[] = [];

	/** `rtcPorts`: where media servers listen on 127.0.0.1. */
	static async open(delayMs: number, rtcPorts: readonly number[], loss = 0): Promise<FarLine> {
		const line = new FarLine(delayMs, loss);
		await new Promise<void>((done) => line.#server.listen(0, '127.0.0.1', done));
		line.#media = await Promise.all(rtcPorts.map((port) => NarrowLine.open(RELAY, port, delayMs)));
		return line;
	}

	private constructor(delayMs: number, loss: number) {
		this.#delayMs = delayMs;
		this.#loss = loss;
		this.#server = createServer((browser) => {
			browser.on('error', () => browser.destroy());
			browser.once('data', () => {
				browser.write(Buffer.from([SOCKS, 0]));
				browser.once('data', (request) => {
					this.#join(browser, request);
				});
			});
		});
	}

	/** Address of the SOCKS5 proxy. */
	get proxy(): string {
		return `socks5://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
	}

	/** Leads the media of a page over this line, before it loads anything. */
	async lead(page: Page): Promise<void> {
		await page.addInitScript((relay) => {
			type Set = (this: RTCPeerConnection, description: RTCSessionDescriptionInit) => Promise<void>;
			const { prototype } = RTCPeerConnection;
			const own = Object.getOwnPropertyDescriptor(prototype, 'setRemoteDescription')?.value as Set;
			const led: Set = function ({ type, sdp }) {
				const far = sdp?.replace(/^(a=candidate:.*) 127\.0\.0\.1 /gm, `$1 ${relay} `);
				return own.call(this, { type, ...(far !== undefined && { sdp: far }) });
			};
			Reflect.set(prototype, 'setRemoteDescription', led);
		}, RELAY);
	}

	/** From now on the media that come to a page are at most so many bits per second. */
	narrow(rate: number): void {
		for (const line of this.#media) line.rate = rate;
	}

	close(): void {
		this.#server.close();
		for (const line of this.#media) line.close();
	}

	/** A connection costs one round trip before anything can be said. */
	#join(browser: Socket, request: Buffer): void {
		if (request[1] !== CONNECT) {
			browser.destroy();
			return;
		}
		const isNamed = request[3] === NAMED;
		const end = isNamed ? 5 + (request[4] ?? 0) : 8;
		const host = isNamed ? request.toString('latin1', 5, end) : request.subarray(4, 8).join('.');
		const server = connect(request.readUInt16BE(end), host);
		server.setNoDelay(true);
		browser.setNoDelay(true);
		server.on('error', () => browser.destroy());
		server.once('connect', () => {
			setTimeout(() => browser.write(DONE), 2 * this.#delayMs);
			this.#pass(browser, server);
			this.#pass(server, browser);
		});
	}

	#pass(from: Socket, to: Socket): void {
		const way = new LossyWay({
			delayMs: this.#delayMs,
			loss: this.#loss,
			deliver: (bytes) => to.write(bytes),
		});
		from.on('data', (data) => way.pass(data));
		from.once('close', () => {
			setTimeout(() => {
				way.close();
				to.destroy();
			}, this.#delayMs);
		});
	}
}
