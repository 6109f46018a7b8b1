/** A map that forgets what was not used for longest. */
export class LruMap<K, V> {
	readonly #map = new Map<K, V>();
	readonly #most: number;

	constructor(most: number) {
		this.#most = most;
	}

	get size(): number {
		return this.#map.size;
	}

	get(key: K): V | undefined {
		const value = this.#map.get(key);
		if (value !== undefined) {
			this.#map.delete(key);
			this.#map.set(key, value);
		}
		return value;
	}

	set(key: K, value: V): void {
		this.#map.delete(key);
		this.#map.set(key, value);
		if (this.#map.size <= this.#most) return;
		const [oldest] = this.#map.keys();
		if (oldest !== undefined) this.#map.delete(oldest);
	}

	delete(key: K): void {
		this.#map.delete(key);
	}
}
