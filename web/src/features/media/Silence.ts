import { SILENCE_MS, WATCH_INTERVAL_MS } from './mediaLimits.ts';

/** Samples in a row in which something came, before their end means anything: set-ups alone are shorter. */
const STEADY = 4;

/** Whether something that came steadily has stopped coming. Pure arithmetic: the caller brings bytes and time. */
export class Silence {
	#bytes = 0;
	#growing = 0;
	#grewAt = 0;
	#sampledAt = 0;
	#lasts = false;

	/** For longer than SILENCE_MS by now, and not excused. */
	get lasts(): boolean {
		return this.#lasts;
	}

	/**
	 * @param bytes received so far
	 * @param now milliseconds of a clock that only rises
	 */
	take(bytes: number, now: number): void {
		// The page itself stood still: that says nothing of the line.
		const isLate = now - this.#sampledAt > 3 * WATCH_INTERVAL_MS;
		this.#sampledAt = now;
		if (bytes > this.#bytes) {
			this.#bytes = bytes;
			this.#growing++;
			this.#grewAt = now;
			this.#lasts = false;
			return;
		}
		if (isLate) this.#grewAt = now;
		if (this.#growing >= STEADY && now - this.#grewAt >= SILENCE_MS) this.#lasts = true;
		else if (this.#growing < STEADY) this.#growing = 0;
	}

	/** Whatever the reason was, it has been seen to: only what comes steadily again can stop again. */
	excuse(): void {
		this.#growing = 0;
		this.#lasts = false;
	}
}
