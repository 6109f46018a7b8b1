import { CELLS, COLUMNS, ROWS, type LightGrid } from './lightGrid.ts';

/** What differs from a reference, without what light alone explains. */
export interface Changes {
	/** Per cell, in percent of its brightness. */
	readonly cells: Float32Array;
	/** The largest change of light that was taken out, in percent. */
	readonly light: number;
}

/** More than that, up or down, no light explains: where the paper was is the desk. */
const MOST_LIGHT = 60;
/** Every fourth cell of a line is enough for its median. */
const SPARSE = 4;

/**
 * Lamps flicker, in bands where the camera reads row after row; clouds and the camera's exposure change all. What most
 * of a row has in common, and then most of a column, is light; what remains is something that moved.
 */
export function changesBetween(grid: LightGrid, reference: LightGrid): Changes {
	const cells = new Float32Array(CELLS);
	for (let cell = 0; cell < CELLS; cell++) cells[cell] = (grid[cell] ?? 0) - (reference[cell] ?? 0);
	let light = 0;
	for (let row = 0; row < ROWS; row++) {
		light = Math.max(light, Math.abs(takeOut(cells, row * COLUMNS, COLUMNS, 1)));
	}
	for (let column = 0; column < COLUMNS; column++) takeOut(cells, column, ROWS, COLUMNS);
	return { cells, light };
}

/** How many cells changed by more than `least`, and that many times what they are wont to. */
export function countBeyond(cells: Float32Array, least: number, wont: Float32Array, times: number): number {
	let count = 0;
	for (let cell = 0; cell < CELLS; cell++) {
		if (Math.abs(cells[cell] ?? 0) > least + times * (wont[cell] ?? 0)) count++;
	}
	return count;
}

/** Subtracts the median of a line of cells; returns it. */
function takeOut(cells: Float32Array, first: number, length: number, step: number): number {
	const some: number[] = [];
	for (let at = 0; at < length; at += SPARSE) some.push(cells[first + at * step] ?? 0);
	const middle = some.sort((a, b) => a - b)[some.length >> 1] ?? 0;
	const median = Math.min(MOST_LIGHT, Math.max(-MOST_LIGHT, middle));
	for (let at = 0; at < length; at++) cells[first + at * step] = (cells[first + at * step] ?? 0) - median;
	return median;
}
