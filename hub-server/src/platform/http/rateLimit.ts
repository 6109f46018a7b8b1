import type { Request, RequestHandler } from 'express';
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

	async consume(key: string): Promise<void> {
		try {
			await this.#limiter.consume(key);
		} catch (refusal) {
			if (!(refusal instanceof RateLimiterRes)) throw refusal;
			const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
			throw new AppError('tooManyRequests', { detail: `Try again in ${seconds} s`, params: { seconds } });
		}
	}

	/** Gives back what was taken in advance, for what need not be counted after all. */
	async giveBack(key: string): Promise<void> {
		await this.#limiter.reward(key);
	}

	async forget(key: string): Promise<void> {
		await this.#limiter.delete(key);
	}
}

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
