import type { RequestListener } from 'node:http';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { createHttpServer, listen, originOf } from '@counter-hub/shared/server/http.ts';
import type { HubConfig } from './config.ts';
import { features as allFeatures } from './features.ts';
import type { Feature, HubContext } from './HubContext.ts';
import { HTTP_HEADERS_TIMEOUT, HTTP_REQUEST_TIMEOUT } from './limits.ts';
import { Api } from './platform/http/Api.ts';
import { createHttpApp } from './platform/http/createHttpApp.ts';
import { createLogger } from '@counter-hub/shared/server/logger.ts';
import { Metrics } from '@counter-hub/shared/server/metrics.ts';
import { connectMongo, ensureIndexes, isMongoReady } from './platform/mongo.ts';
import { Shutdown } from './platform/shutdown.ts';
import { createSocketServer } from './platform/socket/createSocketServer.ts';
import { databaseClock } from './platform/databaseClock.ts';
import { Sweeper } from './platform/sweeper.ts';
import { jobs } from './jobs.ts';
import { signals } from './signals.ts';
import { version } from './version.ts';

export interface HubOptions {
	/** For tests: a part of the features, or features of the test's own. */
	features?: readonly Feature[];
	/** For tests: milliseconds since 1970, in place of the database's. */
	now?: () => number;
	/** For tests: what this machine takes for the time. */
	ownClock?: () => number;
	/** False for commands that need the features and the database but serve nobody. Default true. */
	serve?: boolean;
}

/** One hub: everything that `create()` opens, `close()` closes. Several may live in one process. */
export class HubServer {
	/** The origin it serves. */
	readonly url: string;
	/** What its features were given; for tests and tools. */
	readonly context: HubContext;

	private constructor(url: string, context: HubContext) {
		this.url = url;
		this.context = context;
	}

	/** Connects, registers the features, makes indexes, and listens. On failure nothing stays open. */
	static async create(config: HubConfig, options: HubOptions = {}): Promise<HubServer> {
		const hubId = newId();
		const logger = createLogger(config.logLevel, { process: 'hub', hubId });
		const shutdown = new Shutdown(logger);
		try {
			return await HubServer.#open(config, options, hubId, logger, shutdown);
		} catch (error) {
			await shutdown.run('failed to start');
			throw error;
		}
	}

	static async #open(
		config: HubConfig,
		{ features = allFeatures, now: given, ownClock, serve: doesServe = true }: HubOptions,
		hubId: string,
		logger: HubContext['logger'],
		shutdown: Shutdown,
	): Promise<HubServer> {
		const metrics = new Metrics();
		const connection = await connectMongo(config.mongodbUrl);
		shutdown.add('database', 'MongoDB', () => connection.close());

		let app: RequestListener = notYet;
		const http = createHttpServer(config.tls, (request, response) => app(request, response));
		http.requestTimeout = HTTP_REQUEST_TIMEOUT;
		http.headersTimeout = HTTP_HEADERS_TIMEOUT;
		const io = createSocketServer(http, config);
		shutdown.add('connections', 'sockets and HTTP', async () => {
			await io.close();
			http.closeAllConnections();
		});
		const sweeper = new Sweeper(logger);
		shutdown.add('intake', 'sweeper', () => sweeper.stop());

		const now = given ?? (await databaseClock(connection, sweeper, ownClock));
		let url = config.publicUrl ?? '';
		const context: HubContext = {
			hubId,
			config,
			logger,
			metrics,
			connection,
			api: new Api(metrics),
			io,
			sweeper,
			shutdown,
			checks: [
				{ title: 'mongodb', isReady: () => isMongoReady(connection) },
				{ title: 'running', isReady: () => !shutdown.isStopping },
			],
			connectOrigins: [],
			requestKeys: [],
			origin: () => url,
			now,
		};
		for (const feature of features) await feature.register(context);
		await ensureIndexes(connection);
		if (!doesServe) return new HubServer('', context);
		await signals(context).start();
		for (const feature of features) await feature.start?.(context);
		await jobs(context).start();

		app = await createHttpApp({
			api: context.api,
			webRoot: config.webRoot,
			publicUrl: config.publicUrl,
			trustsProxy: config.trustsProxy,
			metricsToken: config.metricsToken,
			https: config.tls !== undefined,
			version,
			checks: context.checks,
			connectOrigins: () => context.connectOrigins.flatMap((origins) => origins()),
			requestKeys: context.requestKeys,
			shutdown,
			logger,
			metrics,
			now,
		});
		const port = await listen(http, config.port, config.host);
		url = config.publicUrl ?? originOf(config.tls, config.host, port);
		sweeper.start();
		logger.info({ url }, 'listening');
		return new HubServer(url, context);
	}

	/** Ordered and idempotent. */
	close(reason: string): Promise<void> {
		return this.context.shutdown.run(reason);
	}
}

const notYet: RequestListener = (_request, response) => response.writeHead(503).end();
