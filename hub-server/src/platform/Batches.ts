import { setTimeout as pause } from 'node:timers/promises';

/** So many that have come during one batch are a burst; the next one then waits so long for those right behind. */
const BURST = { of: 3, waitsMs: 20 } as const;

interface Waiting<T, R> {
	item: T;
	done: PromiseWithResolvers<R>;
}

/**
 * Does for many at once what each asks for alone: what comes while one batch is under way goes with the next. Whoever
 * comes alone waits for nobody; thousands who come together cost a few turns of the database.
 */
export class Batches<T, R> {
	readonly #carryOut: (items: readonly T[]) => Promise<readonly (R | Promise<R>)[]>;
	#waiting: Waiting<T, R>[] = [];
	#isUnderWay = false;

	/** @param carryOut gives a result for each item, in their order; where it throws, all of the batch fail */
	constructor(carryOut: (items: readonly T[]) => Promise<readonly (R | Promise<R>)[]>) {
		this.#carryOut = carryOut;
	}

	add(item: T): Promise<R> {
		const done = Promise.withResolvers<R>();
		this.#waiting.push({ item, done });
		if (!this.#isUnderWay) void this.#work();
		return done.promise;
	}

	async #work(): Promise<void> {
		this.#isUnderWay = true;
		for (let isBurst = false; this.#waiting.length > 0; isBurst = this.#waiting.length >= BURST.of) {
			if (isBurst) await pause(BURST.waitsMs);
			const batch = this.#waiting;
			this.#waiting = [];
			try {
				const results = await this.#carryOut(batch.map(({ item }) => item));
				for (const [index, { done }] of batch.entries()) done.resolve(results[index] as R | Promise<R>);
			} catch (error) {
				for (const { done } of batch) done.reject(error);
			}
		}
		this.#isUnderWay = false;
	}
}
