import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../errors/AppError.ts';
import type { Metrics } from './metrics.ts';

export interface ReadinessCheck {
	title: string;
	isReady: () => Promise<boolean> | boolean;
}

export interface Health {
	readonly checks: readonly ReadinessCheck[];
	/** Asked for at each reading, so that it may be loaded late. */
	readonly metrics: () => Promise<Metrics> | Metrics;
	/** What `/metrics` and the parts of `/readyz` ask for, as a bearer; undefined: nothing. */
	readonly metricsToken: string | undefined;
}

/**
 * `/healthz`: the process answers. `/readyz`: it can do its work, or which part cannot. `/metrics`: Prometheus text. With
 * a token only its bearer reads figures and parts; whether a server is ready everybody may know, the sign-in page asks.
 * Resolves false, with nothing sent, when the request is for something else; rejects with the `AppError` to answer.
 */
export async function answerHealth(
	request: IncomingMessage,
	response: ServerResponse,
	{ checks, metrics, metricsToken }: Health,
): Promise<boolean> {
	if (request.method !== 'GET' && request.method !== 'HEAD') return false;
	const send = (status: number, body: string, type = 'application/json; charset=utf-8') => {
		response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
		return true;
	};
	const mayLook = metricsToken === undefined || isBearer(request, metricsToken);
	switch (request.url?.split('?', 1)[0]) {
		case '/healthz':
			return send(200, JSON.stringify({ ok: true }));
		case '/readyz': {
			const parts = await Promise.all(
				checks.map(async ({ title, isReady }) => [title, await isReady()] as const),
			);
			const ready = parts.every(([, ok]) => ok);
			return send(
				ready ? 200 : 503,
				JSON.stringify({ ready, ...(mayLook && { parts: Object.fromEntries(parts) }) }),
			);
		}
		case '/metrics': {
			if (!mayLook) throw new AppError('notSignedIn', { detail: 'Show the METRICS_TOKEN as a bearer' });
			const { registry } = await metrics();
			return send(200, await registry.metrics(), registry.contentType);
		}
		default:
			return false;
	}
}

function isBearer({ headers }: IncomingMessage, token: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));
}
