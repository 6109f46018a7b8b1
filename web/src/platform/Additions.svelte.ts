/** A list to which effects add while they run, and from which they take away again. */
export class Additions<T> {
	/**
	 * The truth is kept beside the state: whoever takes away in an effect's teardown would read the state as it was
	 * before the change that ends the effect, and undo what others have added in that very change.
	 */
	#now: readonly T[] = [];
	#shown = $state.raw<readonly T[]>([]);

	/** In the order in which they were added. */
	get all(): readonly T[] {
		return this.#shown;
	}

	/** Returns how to take them away. Makes an effect that calls it depend on nothing. */
	add(items: readonly T[]): () => void {
		this.#set([...this.#now, ...items]);
		return () => this.#set(this.#now.filter((one) => !items.includes(one)));
	}

	#set(list: readonly T[]): void {
		this.#now = list;
		this.#shown = list;
	}
}
