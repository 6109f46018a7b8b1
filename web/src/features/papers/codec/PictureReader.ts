import { BitReader } from './bits.ts';
import { HEAD_BYTES, readHead, type Head } from './head.ts';
import {
	LENGTH_BYTES,
	mostBytes,
	nearOf,
	planesOf,
	rowsOfStripe,
	stripeCount,
	type Picture,
} from './Picture.ts';
import { readRows, type Plane } from './rows.ts';

/** Reads a picture while its bytes come, however they are cut. Throws for bytes that are none; nothing is left then. */
export class PictureReader {
	readonly #width: number;
	readonly #height: number;
	#head: Head | null = null;
	#planes: Plane[] = [];
	#stripe = 0;
	/** Came, and belongs to a stripe that is not whole yet. */
	#bytes: Uint8Array = new Uint8Array();

	constructor(width: number, height: number) {
		this.#width = width;
		this.#height = height;
	}

	add(bytes: Uint8Array): void {
		this.#bytes = joined(this.#bytes, bytes);
		if (!this.#head) {
			if (this.#bytes.length < HEAD_BYTES) return;
			this.#head = readHead(this.#bytes);
			this.#planes = planesOf(this.#head.layout, this.#width, this.#height);
			this.#bytes = this.#bytes.subarray(HEAD_BYTES);
		}
		const nears = nearOf(this.#head.layout, this.#head.near);
		for (let stripe = this.#next(); stripe; stripe = this.#next()) {
			const reader = new BitReader(stripe);
			for (const [at, plane] of this.#planes.entries()) {
				const [first, end] = rowsOfStripe(plane, this.#height, this.#stripe);
				readRows(reader, plane, first, end, nears[at] ?? 0);
			}
			this.#stripe++;
		}
	}

	/** After the last byte. */
	finish(): { picture: Picture; near: number } {
		const isWhole = this.#stripe === stripeCount(this.#height) && this.#bytes.length === 0;
		if (!this.#head || !isWhole) throw new Error('the frame is not whole');
		const { layout, colour, near } = this.#head;
		return {
			near,
			picture: { layout, colour, planes: this.#planes, width: this.#width, height: this.#height },
		};
	}

	#next(): Uint8Array | null {
		const bytes = this.#bytes;
		if (bytes.length < LENGTH_BYTES) return null;
		if (this.#stripe >= stripeCount(this.#height)) throw new Error('more than a frame');
		const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
		if (length > mostBytes(this.#width)) throw new Error('no stripe is so long');
		const end = LENGTH_BYTES + length;
		if (bytes.length < end) return null;
		this.#bytes = bytes.subarray(end);
		return bytes.subarray(LENGTH_BYTES, end);
	}
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array {
	if (before.length === 0) return after;
	const all = new Uint8Array(before.length + after.length);
	all.set(before);
	all.set(after, before.length);
	return all;
}
