/** Writes bits, the highest first, into memory that is large enough. */
export class BitWriter {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Bytes written so far. */
	length = 0;
	#window = 0;
	#held = 0;

	constructor(most: number) {
		this.bytes = new Uint8Array(most);
	}

	/** @param count at most 24 */
	put(value: number, count: number): void {
		// Bits above those held fall out of the window by themselves.
		this.#window = (this.#window << count) | value;
		this.#held += count;
		while (this.#held >= 8) {
			this.#held -= 8;
			this.bytes[this.length++] = this.#window >>> this.#held;
		}
	}

	/** Fills the last byte with zeros. */
	flush(): void {
		if (this.#held > 0) this.put(0, 8 - this.#held);
	}
}

/** Reads what a `BitWriter` has written. Behind the end come zeros, which `spent` tells. */
export class BitReader {
	readonly #bytes: Uint8Array;
	#at = 0;
	/** The next bits, the first one highest. */
	#window = 0;
	#held = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
		this.#fill();
	}

	/** More was read than there is. */
	get spent(): boolean {
		return this.#at - (this.#held >> 3) > this.#bytes.length;
	}

	/** How many zeros come before the next one, which is taken too. */
	zeros(): number {
		const count = Math.clz32(this.#window);
		this.#skip(count + 1);
		return count;
	}

	/** @param count at most 24 */
	take(count: number): number {
		if (count === 0) return 0;
		const value = this.#window >>> (32 - count);
		this.#skip(count);
		return value;
	}

	#skip(count: number): void {
		// A shift by 32 would be one by 0.
		this.#window = count < 32 ? this.#window << count : 0;
		this.#held -= count;
		this.#fill();
	}

	#fill(): void {
		while (this.#held <= 24) {
			this.#window |= (this.#bytes[this.#at++] ?? 0) << (24 - this.#held);
			this.#held += 8;
		}
	}
}
