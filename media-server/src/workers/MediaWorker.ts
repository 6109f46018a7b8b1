import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createWorker, type types } from 'mediasoup';
import type { RtcAddress } from '../platform/addresses.ts';
import { MEDIA_CODECS } from './codecs.ts';

export interface MediaWorkerOptions {
	readonly address: RtcAddress;
	/** UDP and TCP alike; 0 takes free ones. */
	readonly port: number;
	readonly workerBin: string | undefined;
	/** How long to try for a port that a dying worker still holds. */
	readonly portRetryMs: number;
}

interface MediaWorkerEvents {
	/** The process ended although nobody closed it. */
	died: [];
}

const PORT_RETRY_STEP_MS = 50;

/** One mediasoup worker process with its one WebRtcServer. */
export class MediaWorker extends EventEmitter<MediaWorkerEvents> {
	readonly #worker: types.Worker;
	readonly #server: types.WebRtcServer;
	/** The one that was asked for: 0 stays 0. */
	readonly port: number;
	/** UDP port in use. */
	readonly rtcPort: number;
	/** Rooms on this worker; kept by the rooms themselves. */
	load = 0;

	static async create(options: MediaWorkerOptions): Promise<MediaWorker> {
		const worker = await createWorker({
			logLevel: 'warn',
			...(options.workerBin !== undefined && { workerBin: options.workerBin }),
		});
		try {
			const server = await listen(worker, options);
			const { udpSockets } = await server.dump();
			return new MediaWorker(worker, server, options.port, udpSockets[0]?.port ?? 0);
		} catch (error) {
			worker.close();
			throw error;
		}
	}

	private constructor(worker: types.Worker, server: types.WebRtcServer, port: number, rtcPort: number) {
		super();
		this.#worker = worker;
		this.#server = server;
		this.port = port;
		this.rtcPort = rtcPort;
		// Every room on it listens.
		this.setMaxListeners(0);
		worker.on('died', () => {
			this.emit('died');
		});
	}

	get pid(): number {
		return this.#worker.pid;
	}

	get closed(): boolean {
		return this.#worker.closed;
	}

	async createRouter(): Promise<types.Router> {
		return await this.#worker.createRouter({ mediaCodecs: MEDIA_CODECS });
	}

	async createTransport(router: types.Router, outgoingBitrate: number): Promise<types.WebRtcTransport> {
		return await router.createWebRtcTransport({
			webRtcServer: this.#server,
			enableUdp: true,
			enableTcp: true,
			preferUdp: true,
			initialAvailableOutgoingBitrate: outgoingBitrate,
		});
	}

	close(): void {
		this.#worker.close();
	}
}

/** After a `kill -9` of the node its orphaned workers hold their ports for a moment. */
async function listen(worker: types.Worker, options: MediaWorkerOptions): Promise<types.WebRtcServer> {
	const { address, port, portRetryMs } = options;
	const until = Date.now() + portRetryMs;
	for (;;) {
		try {
			return await worker.createWebRtcServer({
				listenInfos: (['udp', 'tcp'] as const).map((protocol) => ({
					protocol,
					ip: address.ip,
					...(address.announced !== undefined && { announcedAddress: address.announced }),
					...(port !== 0 && { port }),
				})),
			});
		} catch (error) {
			if (port === 0 || worker.closed || Date.now() >= until) {
				throw new Error(`media port ${String(port)} on ${address.ip} (UDP and TCP) cannot be bound`, {
					cause: error,
				});
			}
			await delay(PORT_RETRY_STEP_MS);
		}
	}
}
