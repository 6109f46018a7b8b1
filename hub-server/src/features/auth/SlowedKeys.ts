import type { Connection } from 'mongoose';
import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { FAILURE_WINDOW_S, ROUNDS_REMEMBERED_S, WAIT_S } from './limits.ts';

/** A point that an attempt has taken in advance: which of the free ones it was. */
export interface Taken {
	key: string;
	nth: number;
}

/**
 * Failures counted under a key, in the database: neither a restart nor a second hub gives more attempts. After the free
 * ones the key waits, each time twice as long as the time before.
 */
export class SlowedKeys {
	readonly #failures: RateLimiterMongo;
	readonly #rounds: RateLimiterMongo;
	readonly #free: number;

	constructor(connection: Connection, title: string, free: number) {
		const store = {
			storeClient: connection.getClient(),
			dbName: connection.name,
			tableName: 'signInAttempts',
			disableIndexesCreation: true,
		};
		this.#free = free;
		this.#failures = new RateLimiterMongo({
			...store,
			keyPrefix: title,
			points: free,
			duration: FAILURE_WINDOW_S,
		});
		this.#rounds = new RateLimiterMongo({
			...store,
			keyPrefix: `${title}Rounds`,
			points: Number.MAX_SAFE_INTEGER,
			duration: ROUNDS_REMEMBERED_S,
		});
	}

	createIndexes(): Promise<void> {
		return this.#failures.createIndexes();
	}

	/**
	 * Counts an attempt *before* anything is checked, so that many at once gain nothing.
	 * @throws AppError `lockedOut` with `params.minutes` while the key waits
	 */
	async take(key: string): Promise<Taken> {
		try {
			const { consumedPoints } = await this.#failures.consume(key);
			return { key, nth: consumedPoints };
		} catch (refusal) {
			if (!(refusal instanceof RateLimiterRes)) throw refusal;
			const minutes = Math.max(1, Math.ceil(refusal.msBeforeNext / 60_000));
			throw new AppError('lockedOut', { params: { minutes }, cause: refusal });
		}
	}

	/** The attempt was right, or was refused elsewhere: it does not count. */
	async giveBack({ key }: Taken): Promise<void> {
		await this.#failures.reward(key);
	}

	/** The attempt was wrong. @returns how long the key waits from now on (s), or null while it is still free */
	async fail({ key, nth }: Taken): Promise<number | null> {
		if (nth < this.#free) return null;
		const { consumedPoints: round } = await this.#rounds.penalty(key);
		const seconds = Math.min(WAIT_S.first * 2 ** (round - 1), WAIT_S.most);
		await this.#failures.block(key, seconds);
		return seconds;
	}

	async forget(key: string): Promise<void> {
		await Promise.all([this.#failures.delete(key), this.#rounds.delete(key)]);
	}
}
