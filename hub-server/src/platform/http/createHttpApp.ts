import type { IncomingMessage } from 'node:http';
import express, { type Express } from 'express';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { HUB_HEADER, writeHubHeader } from '@counter-hub/shared/realtime/protocol.ts';
import { answerHealth, type ReadinessCheck } from '@counter-hub/shared/server/health.ts';
import { HTTP_REQUESTS, JSON_BODY_MAX_BYTES } from '../../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { Metrics } from '@counter-hub/shared/server/metrics.ts';
import type { Shutdown } from '../shutdown.ts';
import { API_BASE, type Api } from './Api.ts';
import { clientAddress, type TrustsProxy } from './clientAddress.ts';
import { problemHandler } from './problems.ts';
import { limitRequests } from './rateLimit.ts';
import { requestId } from './requestId.ts';
import { refuseForeignOrigins } from './sameOrigin.ts';
import { securityHeaders } from './securityHeaders.ts';
import { readWebPage, webRouter } from './webPage.ts';

export interface HttpAppOptions {
	/** With all its routes declared. */
	api: Api;
	webRoot: string;
	publicUrl: string | undefined;
	trustsProxy: TrustsProxy;
	metricsToken: string | undefined;
	https: boolean;
	version: string;
	checks: readonly ReadinessCheck[];
	/** Origins of the media nodes, asked for at each answer. */
	connectOrigins: () => readonly string[];
	/** Who asks, for counting; the address where none of them knows. */
	requestKeys: readonly ((request: IncomingMessage) => string | undefined)[];
	/** From the moment it begins, the API refuses with `unavailable`. */
	shutdown: Pick<Shutdown, 'isStopping'>;
	logger: Logger;
	metrics: Metrics;
	/** Milliseconds since 1970. */
	now: () => number;
}

/** One Express application: headers, health, API with its document, and the built page for everything else. */
export async function createHttpApp(options: HttpAppOptions): Promise<Express> {
	const { api, logger, metrics } = options;
	const page = await readWebPage(options.webRoot);
	const app = express();
	app.disable('x-powered-by');
	app.set('etag', 'strong');
	app.set('trust proxy', options.trustsProxy);
	app.use(requestId);
	app.use(
		securityHeaders({
			scriptHashes: page.scriptHashes,
			connectOrigins: options.connectOrigins,
			https: options.https,
		}),
	);
	const health = { checks: options.checks, metrics: () => metrics, metricsToken: options.metricsToken };
	app.use(async (request, response, next) => {
		if (!(await answerHealth(request, response, health))) next();
	});

	const keyOf = (request: IncomingMessage) => {
		for (const nameKey of options.requestKeys) {
			const key = nameKey(request);
			if (key !== undefined) return key;
		}
		return clientAddress(request, options.trustsProxy);
	};
	api.finish();
	app.use(
		API_BASE,
		(_request, response, next) => {
			if (options.shutdown.isStopping) {
				response.set('Connection', 'close');
				throw new AppError('unavailable');
			}
			next();
		},
		limitRequests(HTTP_REQUESTS, keyOf),
		refuseForeignOrigins(options.publicUrl),
		express.json({ limit: JSON_BODY_MAX_BYTES, strict: true }),
		(_request, response, next) => {
			response.set('Cache-Control', 'no-store');
			response.set(HUB_HEADER, writeHubHeader(options.now()));
			next();
		},
		api.router,
	);
	// Made when somebody asks for it: it would be a good part of a start.
	let document: Promise<unknown> | undefined;
	app.get('/openapi.json', async (_request, response) => {
		response.json(await (document ??= api.document(options.version)));
	});
	app.use(['/api', '/socket.io'], () => {
		throw new AppError('notFound');
	});
	app.use(webRouter(options.webRoot, page, options.connectOrigins));
	app.use(() => {
		throw new AppError('notFound');
	});
	app.use(problemHandler(logger, options.trustsProxy));
	return app;
}
