import { FRAME_LIMITS } from '@counter-hub/shared/media/frames.ts';

/** Bytes of a part, from the smallest to the largest. */
const SIZES = [8 * 1024, 16 * 1024, 32 * 1024, FRAME_LIMITS.partBytes] as const;
const FIRST = 1;
/** Parts that take longer are made smaller, and larger ones are tried when they take less. */
const SLOW_MS = 120;
const QUICK_MS = 60;
/** Half of the bytes must save so much of the time; otherwise it is not the bytes that take it. */
const SAVING = 0.7;
/** How much a new time counts among those before. */
const NEWEST = 0.4;
/** What a line is taken to carry until it has been measured, in bytes per second: 10 Mbit/s. */
const UNKNOWN_RATE = 1_250_000;
/** A frame with fewer bytes says little about the line. */
const TELLING_BYTES = 64 * 1024;

/**
 * How well the line to the viewers carries frames, learnt on the way. What is pointed at goes over the same line and
 * must not wait behind parts: they are as small as a slow line asks for, unless it is long, or an end of it busy.
 */
export class Pace {
	#size = FIRST;
	/** How long parts of each size take, where that is known of this frame. */
	#times: (number | undefined)[] = [];
	#rate = UNKNOWN_RATE;

	/** Bytes of the next part. */
	get partBytes(): number {
		return SIZES[this.#size] ?? SIZES[FIRST];
	}
	/** Bytes per second. */
	get rate(): number {
		return this.#rate;
	}

	/** @param bytes as `partBytes` was when it was sent; less, the last one, tells nothing */
	notePart(bytes: number, ms: number): void {
		const size = SIZES.findIndex((one) => one === bytes);
		if (size < 0) return;
		const before = this.#times[size];
		const time = before === undefined ? ms : before + (ms - before) * NEWEST;
		this.#times[size] = time;
		if (size === this.#size) this.#size = this.#next(size, time);
	}

	/** @param ms while it was waited for the line */
	noteFrame(bytes: number, ms: number): void {
		this.#times = [];
		if (bytes >= TELLING_BYTES) this.#rate = (1000 * bytes) / Math.max(ms, 1);
	}

	#next(size: number, time: number): number {
		const larger = Math.min(size + 1, SIZES.length - 1);
		if (time < QUICK_MS) return larger;
		const [below, above] = [this.#times[size - 1], this.#times[size + 1]];
		// Larger ones take hardly longer.
		if (above !== undefined && time > above * SAVING) return larger;
		if (time <= SLOW_MS) return size;
		if (below === undefined || below < time * SAVING) return Math.max(size - 1, 0);
		return above === undefined ? larger : size;
	}
}
