import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createWorker, type types } from 'mediasoup';
import type { RtcAddress } from '../platform/addresses.ts';
import { describeRouter, MEDIA_CODECS } from './codecs.ts';

export interface MediaWorkerOptions {
	readonly addresses: readonly RtcAddress[];
	/** UDP and TCP alike; 0 takes free ones. */
	readonly port: number;
	readonly workerBin: string | undefined;
	/** How long to try for a port that a dying worker still holds. */
	readonly portRetryMs: number;
}

/** Counts of what is in use. */
export interface Holding {
	readonly transports: number;
	readonly streams: number;
	readonly subscriptions: number;
}

interface MediaWorkerEvents {
	/** The process ended although nobody closed it. */
	died: [];
}

const PORT_RETRY_STEP_MS = 50;

/** One mediasoup worker process with its one WebRtcServer and the one router that all its rooms share. */
export class MediaWorker extends EventEmitter<MediaWorkerEvents> {
	/** Names it to the pages; never used again after its death. */
	readonly id = randomUUID();
	readonly router: types.Router;
	readonly codecs: ReturnType<typeof describeRouter>;
	readonly #worker: types.Worker;
	readonly #server: types.WebRtcServer;
	/** The one that was asked for: 0 stays 0. */
	readonly port: number;
	/** UDP port in use. */
	readonly rtcPort: number;
	/** Rooms on this worker, those being made included; kept by the pool. */
	load = 0;

	static async create(options: MediaWorkerOptions): Promise<MediaWorker> {
		const worker = await createWorker({
			logLevel: 'warn',
			...(options.workerBin !== undefined && { workerBin: options.workerBin }),
		});
		try {
			const [server, router] = await Promise.all([
				listen(worker, options),
				worker.createRouter({ mediaCodecs: MEDIA_CODECS }),
			]);
			const { udpSockets } = await server.dump();
			return new MediaWorker({ worker, server, router }, options.port, udpSockets[0]?.port ?? 0);
		} catch (error) {
			worker.close();
			throw error;
		}
	}

	private constructor(
		parts: { worker: types.Worker; server: types.WebRtcServer; router: types.Router },
		port: number,
		rtcPort: number,
	) {
		super();
		const { worker, server, router } = parts;
		this.#worker = worker;
		this.#server = server;
		this.router = router;
		this.codecs = describeRouter(router);
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

	async createTransport(outgoingBitrate: number): Promise<types.WebRtcTransport> {
		return await this.router.createWebRtcTransport({
			webRtcServer: this.#server,
			enableUdp: true,
			enableTcp: true,
			preferUdp: true,
			initialAvailableOutgoingBitrate: outgoingBitrate,
		});
	}

	/** What the worker itself says that it holds: whatever was forgotten on our side is counted too. */
	async holds(): Promise<Holding> {
		const { transportIds, mapProducerIdConsumerIds, mapConsumerIdProducerId } = await this.router.dump();
		return {
			transports: transportIds.length,
			streams: mapProducerIdConsumerIds.length,
			subscriptions: mapConsumerIdProducerId.length,
		};
	}

	close(): void {
		this.#worker.close();
	}
}

/** After a `kill -9` of the node its orphaned workers hold their ports for a moment. */
async function listen(worker: types.Worker, options: MediaWorkerOptions): Promise<types.WebRtcServer> {
	const { addresses, port, portRetryMs } = options;
	const until = Date.now() + portRetryMs;
	for (;;) {
		try {
			return await worker.createWebRtcServer({ listenInfos: listenInfos(addresses, port) });
		} catch (error) {
			if (port === 0 || worker.closed || Date.now() >= until) {
				const where = addresses.map(({ ip }) => ip).join(', ');
				throw new Error(`media port ${String(port)} on ${where} (UDP and TCP) cannot be bound`, {
					cause: error,
				});
			}
			await delay(PORT_RETRY_STEP_MS);
		}
	}
}

function listenInfos(addresses: readonly RtcAddress[], port: number): types.TransportListenInfo[] {
	return addresses.flatMap(({ ip, announced }) =>
		(['udp', 'tcp'] as const).map((protocol) => ({
			protocol,
			ip,
			...(announced !== undefined && { announcedAddress: announced }),
			...(port !== 0 && { port }),
		})),
	);
}
