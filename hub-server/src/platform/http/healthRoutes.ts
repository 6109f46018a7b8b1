import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, type Request } from 'express';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { Metrics } from '../metrics.ts';

export interface ReadinessCheck {
	title: string;
	isReady: () => Promise<boolean> | boolean;
}

/**
 * `/healthz`: the process answers. `/readyz`: it can do its work, or which part cannot. `/metrics`: Prometheus text. With
 * a token only its bearer reads figures and parts; whether the hub is ready everybody may know, the sign-in page asks.
 */
export function healthRoutes(
	checks: readonly ReadinessCheck[],
	metrics: Metrics,
	token: string | undefined,
): Router {
	const router = Router();
	const mayLook = ({ headers }: Request) =>
		token === undefined || timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));
	router.get('/healthz', (_request, response) => {
		response.json({ ok: true });
	});
	router.get('/readyz', async (request, response) => {
		const results = await Promise.all(
			checks.map(async ({ title, isReady }) => [title, await isReady()] as const),
		);
		const ready = results.every(([, ok]) => ok);
		response
			.status(ready ? 200 : 503)
			.json({ ready, ...(mayLook(request) && { parts: Object.fromEntries(results) }) });
	});
	router.get('/metrics', async (request, response) => {
		if (!mayLook(request))
			throw new AppError('notSignedIn', { detail: 'Show the METRICS_TOKEN as a bearer' });
		response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
	});
	return router;
}

const digest = (text: string) => createHash('sha256').update(text).digest();
