/** Things that come one after another, for whoever takes them at his own pace. */
export class Feed<T> {
	readonly #waiting: T[] = [];
	#state: 'open' | 'ended' | 'cut' = 'open';
	#change: PromiseWithResolvers<void> = Promise.withResolvers();

	/** True when no more will come, although it is not whole. */
	get isCut(): boolean {
		return this.#state === 'cut';
	}

	/** `null`: that was all. */
	add(thing: T | null): void {
		if (this.#state !== 'open') return;
		if (thing === null) this.#state = 'ended';
		else this.#waiting.push(thing);
		this.#tell();
	}

	/** It ends here. What has come and was not taken is gone. */
	cut(): void {
		if (this.#state === 'ended') return;
		this.#state = 'cut';
		this.#waiting.length = 0;
		this.#tell();
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<T> {
		for (;;) {
			const thing = this.#waiting.shift();
			if (thing !== undefined) yield thing;
			else if (this.#state !== 'open') return;
			else await this.#change.promise;
		}
	}

	#tell(): void {
		this.#change.resolve();
		this.#change = Promise.withResolvers();
	}
}
