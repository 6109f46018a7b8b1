/**
 * Between two messages, in milliseconds: a little less than between two pictures of a usual screen, so that nothing waits
 * there, and at most 67 of the 90 a second that a page may say to others.
 */
const PAUSE_MS = 15;

/** Says at once what has not been said for a while, otherwise the latest as soon as it may. */
export class Teller {
	#at = -PAUSE_MS;
	#next: (() => void) | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;

	tell(say: () => void): void {
		this.#next = say;
		const wait = this.#at + PAUSE_MS - performance.now();
		if (wait <= 0) this.#say();
		else this.#timer ??= setTimeout(() => this.#say(), wait);
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#next = null;
	}

	#say(): void {
		const say = this.#next;
		this.close();
		this.#at = performance.now();
		say?.();
	}
}
