import type { BitReader, BitWriter } from './bits.ts';

/** Lengths of runs that one bit stands for, as powers of two: longer ones after each that was reached. */
const POWERS = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12];

/** Runs of samples that are like the one before them, as in JPEG-LS. */
export class Runs {
	#at = 0;

	/** @param ends it ends before the end of the row, which comes by itself */
	write(writer: BitWriter, length: number, ends: boolean): void {
		let left = length;
		for (let step = this.#step; left >= step; step = this.#step) {
			writer.put(1, 1);
			left -= step;
			this.#longer();
		}
		if (ends) {
			writer.put(left, 1 + this.#power);
			this.#shorter();
		} else if (left > 0) {
			writer.put(1, 1);
		}
	}

	/** @param most to the end of the row */
	read(reader: BitReader, most: number): number {
		let length = 0;
		while (length < most) {
			if (reader.take(1) === 0) {
				length += reader.take(this.#power);
				this.#shorter();
				return Math.min(length, most);
			}
			const step = this.#step;
			if (length + step > most) return most;
			length += step;
			this.#longer();
		}
		return length;
	}

	get #power(): number {
		return POWERS[this.#at] ?? 0;
	}
	get #step(): number {
		return 1 << this.#power;
	}
	#longer(): void {
		if (this.#at < POWERS.length - 1) this.#at++;
	}
	#shorter(): void {
		if (this.#at > 0) this.#at--;
	}
}
