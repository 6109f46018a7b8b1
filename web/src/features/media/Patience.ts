/** First and longest pause before a device that is wanted is tried again unasked. */
const FIRST_MS = 300;
const LONGEST_MS = 8000;

/** Tries again and again, with growing pauses, for as long as there is a reason to. */
export class Patience {
	readonly #work: () => Promise<void>;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#pause = FIRST_MS;

	constructor(work: () => Promise<void>) {
		this.#work = work;
	}

	/** There is a reason (again): the next attempt comes after the pause that is due. */
	keep(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#pause = Math.min(this.#pause * 2, LONGEST_MS);
			void this.#work();
		}, this.#pause);
	}

	/** Something has changed: short pauses again. */
	refresh(): void {
		this.stop();
		this.#pause = FIRST_MS;
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}
}
