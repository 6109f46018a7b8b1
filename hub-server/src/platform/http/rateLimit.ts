import type { Request, RequestHandler } from 'express';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { RateLimiter, type RateLimit } from '@counter-hub/shared/server/RateLimiter.ts';

/** Counts requests by whoever asks; `keyOf` names the person, or the address where nobody is known. */
export function limitRequests(limit: RateLimit, keyOf: (request: Request) => string): RequestHandler {
	const limiter = new RateLimiter(limit);
	return async (request, response, next) => {
		try {
			await limiter.consume(keyOf(request));
		} catch (error) {
			if (error instanceof AppError && error.params)
				response.set('Retry-After', String(error.params['seconds']));
			throw error;
		}
		next();
	};
}
