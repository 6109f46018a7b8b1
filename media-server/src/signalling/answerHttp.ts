import type { RequestListener } from 'node:http';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { answerHealth, type Health } from '@counter-hub/shared/server/health.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import { toAppError } from './toAppError.ts';

/** What the signal port answers beside the signalling: health and figures, and a problem for everything else. */
export function answerHttp({ logger, ...health }: Health & { logger: Logger }): RequestListener {
	return (request, response) => {
		response.setHeader('x-content-type-options', 'nosniff');
		answerHealth(request, response, health)
			.then((isAnswered) => {
				if (!isAnswered) throw new AppError('notFound');
			})
			.catch((error: unknown) => {
				const problem = toAppError(error, logger, 'http').toProblem();
				response.writeHead(problem.status, {
					'content-type': 'application/problem+json',
					'cache-control': 'no-store',
				});
				response.end(JSON.stringify(problem));
			});
	};
}
