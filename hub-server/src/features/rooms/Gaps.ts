/** Since when something that a record says is not so, as far as this hub looks; one that stood still begins anew. */
export class Gaps {
	readonly #staleMs: number;
	#since = new Map<string, number>();
	#seen = new Set<string>();
	#now = -Infinity;

	/** @param staleMs without a look for so long nothing is known of the time in between */
	constructor(staleMs: number) {
		this.#staleMs = staleMs;
	}

	/** Begins a round at `now` (ms, of a clock that never jumps); gaps that it does not find are closed with its end. */
	look(now: number): { end: () => void } {
		if (now - this.#now > this.#staleMs) this.#since.clear();
		this.#now = now;
		this.#seen = new Set();
		return {
			end: () => {
				for (const key of this.#since.keys()) if (!this.#seen.has(key)) this.#since.delete(key);
			},
		};
	}

	/** How long the gap has been open in this round; ms. */
	since(key: string): number {
		this.#seen.add(key);
		const since = this.#since.get(key) ?? this.#now;
		this.#since.set(key, since);
		return this.#now - since;
	}
}
