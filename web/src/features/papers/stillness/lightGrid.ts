/** A picture in small: columns and rows of cells. Some 4 mm of an A4 page that fills the height. */
export const COLUMNS = 96;
export const ROWS = 72;
export const CELLS = COLUMNS * ROWS;

/** Brightness of each cell, row after row, in percent of itself: a lamp that dims takes as much from all of them. */
export type LightGrid = Float32Array;

/** Where one sample per pixel lies in memory. */
export interface Samples {
	readonly data: Uint8Array;
	readonly offset: number;
	/** Bytes from one row to the next, and from one pixel to the next. */
	readonly stride: number;
	readonly step: number;
	readonly width: number;
	readonly height: number;
}

/** Of larger pictures every second pixel is looked at: strokes of print are wider there. */
const FINE_HEIGHT = 1080;
/** So that noise in the dark counts for little. */
const DARK = 16;

/** The mean brightness of each cell. Pictures smaller than the grid give cells without a sample, which are dark. */
export function lightGrid({ data, offset, stride, step, width, height }: Samples): LightGrid {
	const skip = Math.max(1, Math.round(height / FINE_HEIGHT));
	const sums = new Float64Array(CELLS);
	const counts = new Uint32Array(CELLS);
	const edges = Array.from({ length: COLUMNS + 1 }, (_, column) => Math.floor((column * width) / COLUMNS));
	for (let y = 0; y < height; y += skip) {
		const first = Math.floor((y * ROWS) / height) * COLUMNS;
		const line = offset + y * stride;
		for (let column = 0; column < COLUMNS; column++) {
			const end = line + (edges[column + 1] ?? 0) * step;
			let sum = 0;
			let count = 0;
			for (let at = line + (edges[column] ?? 0) * step; at < end; at += step * skip) {
				sum += data[at] ?? 0;
				count++;
			}
			sums[first + column] = (sums[first + column] ?? 0) + sum;
			counts[first + column] = (counts[first + column] ?? 0) + count;
		}
	}
	return Float32Array.from(sums, (sum, cell) => 100 * Math.log(DARK + sum / Math.max(1, counts[cell] ?? 0)));
}
