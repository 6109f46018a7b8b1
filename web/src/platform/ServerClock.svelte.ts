/** Quartz clocks of hub and PC drift apart by no more than this. */
const DRIFT = 1e-4;

/**
 * The hub's time. Nothing in the page trusts the PC's clock, which may be minutes wrong or jump: time is counted by the
 * browser's monotonic clock, and each answer of the hub narrows down how far the two are apart.
 */
export class ServerClock {
	/** Bounds of hub time minus `performance.now()`; none before the first answer. */
	#low = -Infinity;
	#high = Infinity;
	#heardAt = 0;
	/** Milliseconds since 1970, hub time; changes every second. */
	now = $state(performance.timeOrigin + performance.now());
	readonly #timer: ReturnType<typeof setInterval>;

	constructor() {
		this.#timer = setInterval(() => (this.now = this.at()), 1_000);
	}

	/** Hub time in milliseconds, not rounded to the second. Before the hub has answered, the PC's when the page began. */
	at(): number {
		const known = Number.isFinite(this.#low);
		return performance.now() + (known ? (this.#low + this.#high) / 2 : performance.timeOrigin);
	}

	/**
	 * The hub read its clock at some moment between sending a question and receiving its answer.
	 * @param time hub time, ms
	 * @param sentAt `performance.now()`, as is `receivedAt`
	 */
	hear(time: number, sentAt: number, receivedAt: number): void {
		const drift = (receivedAt - this.#heardAt) * DRIFT;
		const low = Math.max(this.#low - drift, time - receivedAt);
		const high = Math.min(this.#high + drift, time - sentAt);
		// Apart: the PC slept, which some browsers' clocks do not count, or the hub's clock was set.
		[this.#low, this.#high] = low <= high ? [low, high] : [time - receivedAt, time - sentAt];
		this.#heardAt = receivedAt;
		this.now = this.at();
	}

	close(): void {
		clearInterval(this.#timer);
	}
}
