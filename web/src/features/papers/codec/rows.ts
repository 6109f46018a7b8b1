import { Adaptation, AFTER_RUN, CONTEXT_OF } from './Adaptation.ts';
import type { BitReader, BitWriter } from './bits.ts';
import { Runs } from './Runs.ts';

/** Samples of one kind (luma, say), row after row. */
export interface Plane {
	readonly data: Uint8Array;
	readonly width: number;
	readonly height: number;
}

/*
 * Each sample is predicted from its neighbours left, above and above to the left (the median edge detector of LOCO-I,
 * ISO/IEC 14495-1), and what it differs is written; where the neighbours are alike, how many samples follow that are
 * like them too. `near` is how far a sample may lie from what is written of it: 0 is lossless.
 */

/** The two last rows as the reader knows them, with one sample more at each end. */
class Neighbours {
	above: Uint8Array;
	row: Uint8Array;

	constructor(width: number) {
		this.above = new Uint8Array(width + 2);
		this.row = new Uint8Array(width + 2);
	}

	begin(width: number): void {
		[this.above, this.row] = [this.row, this.above];
		this.row[0] = this.above[1] ?? 0;
		this.above[width + 1] = this.above[width] ?? 0;
	}
}

export function writeRows(writer: BitWriter, plane: Plane, first: number, end: number, near: number): void {
	const { data, width } = plane;
	const neighbours = new Neighbours(width);
	const errors = new Adaptation();
	const runs = new Runs();
	const step = 2 * near + 1;
	for (let y = first; y < end; y++) {
		neighbours.begin(width);
		const { above, row } = neighbours;
		const start = y * width - 1;
		for (let x = 1; x <= width; x++) {
			const left = row[x - 1] ?? 0;
			const corner = above[x - 1] ?? 0;
			const up = above[x] ?? 0;
			const activity = activityOf(left, corner, up, above[x + 1] ?? 0, near);
			let predicted: number;
			let context: number;
			if (activity < 0) {
				const from = x;
				while (x <= width && Math.abs((data[start + x] ?? 0) - left) <= near) row[x++] = left;
				runs.write(writer, x - from, x <= width);
				if (x > width) break;
				predicted = above[x] ?? 0;
				context = AFTER_RUN;
			} else {
				context = CONTEXT_OF[activity] ?? 0;
				predicted = predict(left, up, corner);
			}
			const sample = data[start + x] ?? 0;
			let error = sample - predicted;
			if (near > 0) {
				error = error < 0 ? -(((near - error) / step) | 0) : ((error + near) / step) | 0;
				row[x] = within(predicted + error * step);
			} else {
				row[x] = sample;
			}
			errors.write(writer, context, error);
		}
	}
}

/** Throws where the bytes end too early. */
export function readRows(reader: BitReader, plane: Plane, first: number, end: number, near: number): void {
	const { data, width } = plane;
	const neighbours = new Neighbours(width);
	const errors = new Adaptation();
	const runs = new Runs();
	const step = 2 * near + 1;
	for (let y = first; y < end; y++) {
		neighbours.begin(width);
		const { above, row } = neighbours;
		for (let x = 1; x <= width; x++) {
			const left = row[x - 1] ?? 0;
			const corner = above[x - 1] ?? 0;
			const up = above[x] ?? 0;
			const activity = activityOf(left, corner, up, above[x + 1] ?? 0, near);
			let predicted: number;
			let context: number;
			if (activity < 0) {
				const length = runs.read(reader, width - x + 1);
				row.fill(left, x, x + length);
				x += length;
				if (x > width) break;
				predicted = above[x] ?? 0;
				context = AFTER_RUN;
			} else {
				context = CONTEXT_OF[activity] ?? 0;
				predicted = predict(left, up, corner);
			}
			row[x] = within(predicted + errors.read(reader, context) * step);
		}
		if (reader.spent) throw new Error('the bytes end too early');
		data.set(row.subarray(1, width + 1), y * width);
	}
}

/** How much the neighbours differ among themselves; −1: they are alike, and a run begins. */
function activityOf(left: number, corner: number, up: number, next: number, near: number): number {
	const one = Math.abs(next - up);
	const two = Math.abs(up - corner);
	const three = Math.abs(corner - left);
	return one <= near && two <= near && three <= near ? -1 : one + two + three;
}

function predict(left: number, up: number, corner: number): number {
	const [least, most] = left < up ? [left, up] : [up, left];
	if (corner >= most) return least;
	return corner <= least ? most : left + up - corner;
}

const within = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);
