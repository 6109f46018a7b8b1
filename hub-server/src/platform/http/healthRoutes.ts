import { Router } from 'express';
import type { Metrics } from '../metrics.ts';

export interface ReadinessCheck {
	title: string;
	isReady: () => Promise<boolean> | boolean;
}

/** `/healthz`: the process answers. `/readyz`: it can do its work, or which part cannot. `/metrics`: Prometheus text. */
export function healthRoutes(checks: readonly ReadinessCheck[], metrics: Metrics): Router {
	const router = Router();
	router.get('/healthz', (_request, response) => {
		response.json({ ok: true });
	});
	router.get('/readyz', async (_request, response) => {
		const results = await Promise.all(
			checks.map(async ({ title, isReady }) => [title, await isReady()] as const),
		);
		const ready = results.every(([, ok]) => ok);
		response.status(ready ? 200 : 503).json({ ready, parts: Object.fromEntries(results) });
	});
	router.get('/metrics', async (_request, response) => {
		response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
	});
	return router;
}
