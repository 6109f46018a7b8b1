/** A bucket of requests that refills with time. */
export class RateLimit {
	readonly #burst: number;
	readonly #perSecond: number;
	#left: number;
	#at = performance.now();

	constructor(burst: number, perSecond: number) {
		this.#burst = burst;
		this.#perSecond = perSecond;
		this.#left = burst;
	}

	/** False when there is none left. */
	take(): boolean {
		const now = performance.now();
		this.#left = Math.min(this.#burst, this.#left + ((now - this.#at) / 1000) * this.#perSecond);
		this.#at = now;
		if (this.#left < 1) return false;
		this.#left--;
		return true;
	}
}
