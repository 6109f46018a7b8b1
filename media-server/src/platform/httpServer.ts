import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Registry } from 'prom-client';
import type { Measured } from './metrics.ts';

export interface Health {
	readonly ready: () => boolean;
	readonly measured: readonly Measured[];
}

export interface HttpServerConfig {
	readonly tls: { readonly cert: string; readonly key: string } | undefined;
	/** What /metrics asks for, as a bearer; undefined: nothing. */
	readonly metricsToken: string | undefined;
}

/** Serves /healthz, /readyz and /metrics beside the signalling. */
export function createHttpServer({ tls, metricsToken }: HttpServerConfig, health: Health): Server {
	// Loaded when first asked for: a start in mid-call must not wait for it.
	let registry: Promise<Registry> | undefined;
	const listener: RequestListener = (request, response) => {
		const path = request.url?.split('?', 1)[0];
		const send = (status: number, body: string, type = 'application/json') => {
			response.writeHead(status, {
				'content-type': type,
				'cache-control': 'no-store',
				'x-content-type-options': 'nosniff',
			});
			response.end(body);
		};
		if (request.method !== 'GET') {
			send(405, '{"code":"REQ-1007"}');
		} else if (path === '/healthz') {
			send(200, '{"status":"ok"}');
		} else if (path === '/readyz') {
			const ready = health.ready();
			send(ready ? 200 : 503, JSON.stringify({ status: ready ? 'ready' : 'not ready' }));
		} else if (path === '/metrics' && !isBearer(request.headers.authorization, metricsToken)) {
			send(401, '{"code":"AUTH-2003"}');
		} else if (path === '/metrics') {
			registry ??= import('./metrics.ts').then(({ createMetrics }) => createMetrics(health.measured));
			registry
				.then(async (metrics) => {
					send(200, await metrics.metrics(), metrics.contentType);
				})
				.catch(() => {
					send(500, '{"code":"SYS-9999"}');
				});
		} else {
			send(404, '{"code":"REQ-1004"}');
		}
	};
	return tls ? createTlsServer(tls, listener) : createServer(listener);
}

function isBearer(header: string | undefined, token: string | undefined): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return token === undefined || timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}

/** Binds, and resolves with the port in use. Rejects with Node's error (EADDRINUSE, EACCES…). */
export async function listen(server: Server, port: number, host: string): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve();
		});
	});
	const address = server.address();
	return typeof address === 'object' && address ? address.port : port;
}
