/** Linux: what is added to a probe for a segment that is alone under way, and waited for before a second repeat. */
const RTO_MIN_MS = 200;

export interface LossyWayOptions {
	/** How long a segment is under way. */
	readonly delayMs: number;
	/** Share of segments that are lost, 0–1. */
	readonly loss: number;
	readonly deliver: (bytes: Buffer) => void;
}

/**
 * One direction of a TCP connection as its reader finds it: bytes come late and in order, and behind one that was lost
 * everything waits until it has been sent again. The loss is noticed by the acknowledgement of the segment after it (RACK:
 * a round trip and a quarter), or by a probe after two round trips where none follows. Each write counts as a segment.
 */
export class LossyWay {
	readonly #options: LossyWayOptions;
	/** Behind a lost segment; empty while nothing is missing. */
	#held: Buffer[] = [];
	#isNoticed = false;
	#probe: NodeJS.Timeout | undefined;
	#closed = false;

	constructor(options: LossyWayOptions) {
		this.#options = options;
	}

	pass(bytes: Buffer): void {
		const { delayMs, loss, deliver } = this.#options;
		if (this.#held.length > 0) {
			this.#held.push(bytes);
			if (!this.#isNoticed) this.#repeatAfter(2.5 * delayMs);
			return;
		}
		if (Math.random() < loss) {
			this.#held = [bytes];
			this.#probe = setTimeout(() => this.#repeatAfter(0), 4 * delayMs + RTO_MIN_MS);
			return;
		}
		setTimeout(() => {
			if (!this.#closed) deliver(bytes);
		}, delayMs);
	}

	close(): void {
		this.#closed = true;
		clearTimeout(this.#probe);
	}

	#repeatAfter(ms: number): void {
		clearTimeout(this.#probe);
		this.#isNoticed = true;
		const isLostAgain = Math.random() < this.#options.loss;
		const wait = ms + this.#options.delayMs + (isLostAgain ? RTO_MIN_MS : 0);
		setTimeout(() => {
			const held = this.#held;
			this.#held = [];
			this.#isNoticed = false;
			if (!this.#closed) this.#options.deliver(Buffer.concat(held));
		}, wait);
	}
}
