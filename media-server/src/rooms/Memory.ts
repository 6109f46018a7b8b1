/** A map that forgets: each entry after a time, the oldest ones when there are too many. */
export class Memory<V> {
	readonly #entries = new Map<string, { value: V; until: number }>();
	readonly #lifeMs: number;
	readonly #limit: number;

	constructor(lifeMs: number, limit: number) {
		this.#lifeMs = lifeMs;
		this.#limit = limit;
	}

	get(key: string): V | undefined {
		const entry = this.#entries.get(key);
		if (!entry) return undefined;
		if (entry.until > Date.now()) return entry.value;
		this.#entries.delete(key);
		return undefined;
	}

	set(key: string, value: V): void {
		this.#entries.delete(key);
		this.#entries.set(key, { value, until: Date.now() + this.#lifeMs });
		for (const oldest of this.#entries.keys()) {
			if (this.#entries.size <= this.#limit) break;
			this.#entries.delete(oldest);
		}
	}
}
