/** A timer that can be set again and never keeps the process alive. */
export class Deadline {
	#timer: NodeJS.Timeout | undefined;

	/** Replaces what was set before. */
	set(ms: number, work: () => void): void {
		this.clear();
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			work();
		}, ms);
		this.#timer.unref();
	}

	/** It was set, and has neither come nor been cleared. */
	get pending(): boolean {
		return this.#timer !== undefined;
	}

	clear(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}
}
