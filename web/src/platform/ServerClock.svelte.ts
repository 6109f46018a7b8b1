/** The hub's time, to the second. Waiting times and remaining times on the page are counted by it, not by the PC's clock. */
export class ServerClock {
	#offset = 0;
	/** Milliseconds since 1970, hub time; changes every second. */
	now = $state(Date.now());
	readonly #timer: ReturnType<typeof setInterval>;

	constructor() {
		this.#timer = setInterval(() => (this.now = Date.now() + this.#offset), 1_000);
	}

	/** @param serverTime ISO date that the hub has just sent */
	set(serverTime: string): void {
		this.#offset = Date.parse(serverTime) - Date.now();
		this.now = Date.now() + this.#offset;
	}

	close(): void {
		clearInterval(this.#timer);
	}
}
