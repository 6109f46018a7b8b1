/**
 * State that is replaced as a whole and told to whoever subscribed: Svelte's store contract, so that a page uses
 * `fromStore(client).current` and a bench page needs no Svelte.
 */
export class Observable<T extends object> {
	#state: T;
	readonly #listeners = new Set<(state: T) => void>();

	constructor(initial: T) {
		this.#state = initial;
	}

	get state(): T {
		return this.#state;
	}

	/** Calls `listener` now and after each change. Returns the unsubscriber. */
	subscribe(listener: (state: T) => void): () => void {
		this.#listeners.add(listener);
		listener(this.#state);
		return () => this.#listeners.delete(listener);
	}

	/** Resolves at the first state, the present one included, for which `holds` is true. */
	async until(holds: (state: T) => boolean): Promise<void> {
		if (holds(this.#state)) return;
		await new Promise<void>((resolve) => {
			const unsubscribe = this.subscribe((state) => {
				if (!holds(state)) return;
				unsubscribe();
				resolve();
			});
		});
	}

	protected patch(change: Partial<T>): void {
		this.#state = { ...this.#state, ...change };
		for (const listener of [...this.#listeners]) listener(this.#state);
	}
}
