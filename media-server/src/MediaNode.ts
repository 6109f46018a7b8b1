import type { Server } from 'socket.io';
import type { MediaConfig } from './config.ts';
import { FactQueue } from './hub/FactQueue.ts';
import { RemoteClock } from '@counter-hub/shared/server/RemoteClock.ts';
import { HubLinks } from './hub/HubLinks.ts';
import { nodeMetrics } from './nodeMetrics.ts';
import { LIMITS, type Limits } from './limits.ts';
import { rtcAddresses } from './platform/addresses.ts';
import { createLogger, type Logger } from '@counter-hub/shared/server/logger.ts';
import { Entrance } from './lines/Entrance.ts';
import { Lines } from './lines/Lines.ts';
import { GrantVerifier } from './rooms/grants.ts';
import { roomParts } from './rooms/parts/roomParts.ts';
import { Rooms } from './rooms/Rooms.ts';
import { Branches } from './spans/away/Branches.ts';
import { version } from './version.ts';
import { WorkerPool } from './workers/WorkerPool.ts';

/** How long a stopping node waits for the hubs to take its last facts. */
const LAST_FACTS_MS = 1_000;

export interface MediaNodeOptions {
	/** Other limits than the usual ones. */
	readonly limits?: Partial<Limits>;
	readonly logger?: Logger;
}

/** Composition root of a media node: makes the parts, joins them, closes them in order (docs/closing.md). */
export class MediaNode {
	/** Origin that browsers use. */
	readonly signalUrl: string;
	readonly rooms: Rooms;
	readonly pool: WorkerPool;
	readonly facts: FactQueue;
	readonly #io: Server;
	readonly #branches: Branches;
	readonly #spans: { close: () => void };
	readonly #links: HubLinks;
	readonly #logger: Logger;
	#closing: Promise<void> | undefined;

	static async create(config: MediaConfig, options: MediaNodeOptions = {}): Promise<MediaNode> {
		const limits: Limits = { ...LIMITS, ...options.limits };
		const logger = options.logger ?? createLogger(config.logLevel, { nodeId: config.nodeId });
		const addresses = await rtcAddresses(config.host, config.announcedAddresses);
		const pooling = WorkerPool.create({
			addresses,
			firstPort: config.mediaPort,
			size: config.workers,
			workerBin: config.workerBin,
			portRetryMs: limits.portRetryMs,
			workerRetryMs: limits.workerRetryMs,
			spareDelayMs: limits.spareDelayMs,
			logger,
		});
		pooling.catch(() => undefined);
		// After a crash everybody in a call waits for this start, so the rest is loaded while the workers start…
		const { openSignalling } = await import('./signalling/openSignalling.ts');
		const pool = await pooling;
		const clock = new RemoteClock();
		const verifier = new GrantVerifier(config.grantPublicKey, clock.now, limits.clockToleranceMs);
		const rooms = new Rooms({ pool, limits, logger, parts: roomParts }, verifier);
		const epoch = Date.now();
		const { nodeId, nodeCredential: credential } = config;
		const [spanAddress] = await rtcAddresses(config.host, [config.spanAddress]);
		if (!spanAddress) throw new Error('SPAN_ADDRESS: no address to be reached by');
		const address = { ...spanAddress, ports: config.spanPorts };
		const branches = new Branches({
			...{ pool, verifier, limits, logger, address },
			handshake: { nodeId, epoch, credential, version },
			ca: config.hubCa,
		});
		const entrance = new Entrance(nodeId, verifier, rooms, branches);
		const lines = new Lines(entrance, limits);
		const links = new HubLinks(limits.hubPatienceMs);
		const facts = new FactQueue({
			nodeId: config.nodeId,
			epoch,
			limit: limits.queuedFacts,
			hubNow: clock.now,
			logger,
			tell: (fact) => {
				links.tell(fact);
			},
			deliver: (fact) => links.deliver(fact),
			retryMs: limits.hubAnswerMs,
			refusalsMost: limits.factRefusals,
		});
		rooms.on('fact', (roomId, fact) => {
			facts.add(roomId, fact);
		});
		const { io, signalUrl } = await openSignalling(config, {
			entrance,
			lines,
			codecs: pool.codecs,
			limits,
			logger,
			epoch,
			checks: [
				{ title: 'workers', isReady: () => pool.size > 0 },
				{ title: 'hubs', isReady: () => config.hubUrls.length === 0 || links.up },
			],
			metrics: nodeMetrics({ rooms, lines, branches, pool, facts }),
		}).catch((error: unknown) => {
			pool.close();
			throw error;
		});
		logger.info({ signalUrl, workers: pool.describe() }, 'media node ready');
		// …and the line to the hubs when the first browsers are already back.
		const { HubLink } = await import('./hub/HubLink.ts');
		const { serveSpans } = await import('./spans/home/serveSpans.ts');
		const spans = serveSpans(io, { rooms, limits, logger, credential, address });
		const { city, cityKey } = config;
		const spanUrl = config.spanUrl ?? signalUrl;
		for (const url of config.hubUrls) {
			links.add(
				new HubLink({
					url,
					ca: config.hubCa,
					handshake: {
						nodeId,
						credential,
						epoch,
						signalUrl,
						spanUrl,
						city,
						version,
						...(cityKey !== null && { cityKey }),
					},
					rooms,
					lastFact: () => facts.last,
					clock,
					workers: () => pool.size,
					limits,
					logger,
					onGreeted: () => {
						facts.kick();
					},
				}),
			);
		}
		return new MediaNode({ signalUrl, rooms, branches, spans, pool, facts, io, links, logger });
	}

	private constructor(parts: {
		signalUrl: string;
		rooms: Rooms;
		branches: Branches;
		spans: { close: () => void };
		pool: WorkerPool;
		facts: FactQueue;
		io: Server;
		links: HubLinks;
		logger: Logger;
	}) {
		this.signalUrl = parts.signalUrl;
		this.rooms = parts.rooms;
		this.pool = parts.pool;
		this.facts = parts.facts;
		this.#io = parts.io;
		this.#branches = parts.branches;
		this.#spans = parts.spans;
		this.#links = parts.links;
		this.#logger = parts.logger;
	}

	/** UDP ports of the workers, and of the spare once there is one; TCP is the same when the ports were given. */
	get rtcPorts(): number[] {
		return this.pool.describe().map(({ rtcPort }) => rtcPort);
	}

	/** Rooms first, so that everybody is told; then the hubs get the last facts; then sockets and workers. */
	async close(reason: string): Promise<void> {
		this.#closing ??= this.#close(reason);
		await this.#closing;
	}

	async #close(reason: string): Promise<void> {
		this.#logger.info({ reason }, 'media node stops');
		this.rooms.close();
		this.#branches.close();
		this.#spans.close();
		if (this.#links.up) await this.facts.drain(LAST_FACTS_MS);
		this.#links.close();
		await this.#io.close();
		this.pool.close();
	}
}
