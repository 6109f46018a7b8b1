import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors/AppError.ts';

export interface RateLimit {
	points: number;
	durationS: number;
}

/** Counts per key within this process; `consume` throws `tooManyRequests` with the seconds to wait. */
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
