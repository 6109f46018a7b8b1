import type { BitReader, BitWriter } from './bits.ts';

/** Sums of the differences between neighbours up to which they are of one context; beyond them is the last one. */
const BOUNDS = [0, 2, 4, 7, 11, 16, 23, 32, 46, 70, 120];
const ROUGHEST = BOUNDS.length;
/** The context by that sum. */
export const CONTEXT_OF = Uint8Array.from({ length: 3 * 255 + 1 }, (_, sum) => {
	const context = BOUNDS.findIndex((bound) => sum <= bound);
	return context < 0 ? ROUGHEST : context;
});
/** The context of a sample that ends a run: it is like none of its neighbours. */
export const AFTER_RUN = ROUGHEST;

/** Zeros that no written error has: it follows in full. */
const ESCAPE = 16;
const FULL_BITS = 9;
/** After so many errors the older half counts for less. */
const MEMORY = 64;

/** What errors have been like in each context, and so how the next one is written: Golomb–Rice codes, as in JPEG-LS. */
export class Adaptation {
	readonly #sum = new Int32Array(ROUGHEST + 1).fill(4);
	readonly #count = new Int32Array(ROUGHEST + 1).fill(1);

	write(writer: BitWriter, context: number, error: number): void {
		const folded = error < 0 ? -error * 2 - 1 : error * 2;
		const low = this.#lowBits(context);
		const high = folded >>> low;
		if (high < ESCAPE) {
			writer.put((1 << low) | (folded & ((1 << low) - 1)), high + 1 + low);
		} else {
			writer.put(1, ESCAPE + 1);
			writer.put(folded, FULL_BITS);
		}
		this.#learn(context, error < 0 ? -error : error);
	}

	read(reader: BitReader, context: number): number {
		const low = this.#lowBits(context);
		const high = reader.zeros();
		const folded = high < ESCAPE ? (high << low) | reader.take(low) : reader.take(FULL_BITS);
		const error = (folded & 1) === 1 ? -((folded + 1) >> 1) : folded >> 1;
		this.#learn(context, error < 0 ? -error : error);
		return error;
	}

	#lowBits(context: number): number {
		const sum = this.#sum[context] ?? 0;
		let low = 0;
		for (let reach = this.#count[context] ?? 1; reach < sum && low < 8; reach <<= 1) low++;
		return low;
	}

	#learn(context: number, size: number): void {
		const sum = (this.#sum[context] ?? 0) + size;
		const count = (this.#count[context] ?? 0) + 1;
		const isFull = count === MEMORY;
		this.#sum[context] = isFull ? sum >> 1 : sum;
		this.#count[context] = isFull ? count >> 1 : count;
	}
}
