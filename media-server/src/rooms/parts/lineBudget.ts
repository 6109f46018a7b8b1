/** What a viewer's line did with one stream in the last second. */
export interface LineSample {
	/** Bits per second that were sent to him. */
	readonly bitrate: number;
	/** Share of the packets that did not arrive, 0 … 1. */
	readonly lost: number;
	readonly rttMs: number;
}

/** Fewer losses than this are the weather of a line, not its limit. */
const CALM = 0.02;
const CONGESTED = 0.1;
/** A round trip so much longer than the shortest one: packets queue. */
const QUEUE_MS = 100;
/** Part of what arrived that the line is asked to carry after a loss, so that its queue drains. */
const BELOW = 0.85;
/** How much more is tried with each calm second: carefully at first, then quickly. */
const PROBES = [1.25, 1.6, 2, 2] as const;
/** After a cut the encoder and the next report need their time. */
const SETTLE = 1;
/** Papers stand still below this. */
const FLOOR_BPS = 300_000;
/** More than any page sends of one picture: no budget any longer. */
const CEILING_BPS = 8_000_000;

/**
 * What a line carries of a stream that has no layers to choose from, one sample a second: cut to what arrived when it
 * is congested, try more while it is calm, free when everything fits.
 */
export class LineBudget {
	#bitrate: number | null = null;
	#shortestRttMs = Infinity;
	#calm = 0;
	#settling = 0;

	/** Bits per second; null while the line carries everything. */
	get bitrate(): number | null {
		return this.#bitrate;
	}

	add({ bitrate, lost, rttMs }: LineSample): void {
		if (rttMs > 0) this.#shortestRttMs = Math.min(this.#shortestRttMs, rttMs);
		if (this.#settling > 0) {
			this.#settling--;
		} else if (lost > CONGESTED) {
			const arrived = bitrate * (1 - lost) * BELOW;
			this.#bitrate = Math.round(Math.max(FLOOR_BPS, Math.min(arrived, this.#bitrate ?? Infinity)));
			this.#calm = 0;
			this.#settling = SETTLE;
		} else if (this.#bitrate !== null) {
			this.#probe(lost, rttMs);
		}
	}

	#probe(lost: number, rttMs: number): void {
		if (lost > CALM || rttMs > this.#shortestRttMs + QUEUE_MS) {
			this.#calm = 0;
			return;
		}
		const more = PROBES[Math.min(this.#calm++, PROBES.length - 1)] ?? 1;
		const next = Math.round((this.#bitrate ?? 0) * more);
		this.#bitrate = next >= CEILING_BPS ? null : next;
	}
}
