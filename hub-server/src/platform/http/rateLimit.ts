import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';

export interface RateLimit {
	points: number;
	durationS: number;
}

/** Counts per key within this hub; `consume` throws `tooManyRequests` with the seconds to wait. */
export class RateLimiter {
	readonly #limiter: RateLimiterMemory;

	constructor({ points, durationS }: RateLimit) {
		this.#limiter = new RateLimiterMemory({ points, duration: durationS });
	}

	async consume(key: string, points = 1): Promise<void> {
		try {
			await this.#limiter.consume(key, points);
		} catch (refusal) {
			if (!(refusal instanceof RateLimiterRes)) throw refusal;
			const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
			throw new AppError('tooManyRequests', { detail: `Try again in ${seconds} s`, params: { seconds } });
		}
	}
}

export function limitPerAddress(limit: RateLimit): RequestHandler {
	const limiter = new RateLimiter(limit);
	return async (request, response, next) => {
		try {
			await limiter.consume(request.ip ?? 'unknown');
		} catch (error) {
			if (error instanceof AppError && error.params)
				response.set('Retry-After', String(error.params['seconds']));
			throw error;
		}
		next();
	};
}
