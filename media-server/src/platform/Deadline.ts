/** A timer that can be set again and never keeps the process alive. */
export class Deadline {
	#timer: NodeJS.Timeout | undefined;

	/** Replaces what was set before. */
	set(ms: number, work: () => void): void {
		this.clear();
		this.#timer = setTimeout(work, ms);
		this.#timer.unref();
	}

	clear(): void {
		clearTimeout(this.#timer);
	}
}
