import { changesBetween } from './changes.ts';
import { CELLS, COLUMNS, ROWS, type LightGrid } from './lightGrid.ts';

/** A cell with so much more or less light than the next one has something on it: print, or an edge. In percent. */
const STRUCTURE = 4;
const CHANGE = 4;
/** Cells of a block, each way; a block with fewer that have something on them is not looked at. */
const BLOCK = 12;
const LEAST_CELLS = 6;
/** So much of a block is elsewhere, and so many blocks are. */
const OF_BLOCK = 0.25;
const OF_BLOCKS = 0.6;
/** So many cells to each side it is looked for when it has come to rest again. */
const REACH = 16;
/** It lies elsewhere where it fits there so much better than here, and does not fit here; in percent of a cell's brightness. */
const BETTER = 0.6;
const MISFIT = 2.5;

/**
 * The paper as it lay first: whether it still lies so. What is pushed away, or another one, changes a little nearly
 * everywhere; a hand that comes before it, much at one place.
 */
export class Paper {
	readonly #picture: LightGrid;
	/** Cells that have something on them, block by block. */
	readonly #blocks: readonly (readonly number[])[];
	/** The same cells in one list. */
	readonly #structure: readonly number[];

	constructor(picture: LightGrid) {
		this.#picture = picture;
		const blocks = new Map<number, number[]>();
		for (let cell = 0; cell < CELLS; cell++) {
			const here = picture[cell] ?? 0;
			const hasStructure = [cell + 1, cell + COLUMNS].some(
				(next) => Math.abs(here - (picture[next] ?? here)) > STRUCTURE,
			);
			if (!hasStructure) continue;
			const block = Math.floor(cell / COLUMNS / BLOCK) * COLUMNS + Math.floor((cell % COLUMNS) / BLOCK);
			blocks.set(block, [...(blocks.get(block) ?? []), cell]);
		}
		this.#blocks = [...blocks.values()].filter(({ length }) => length >= LEAST_CELLS);
		this.#structure = this.#blocks.flat();
	}

	/** Whether the picture shows another paper, or this one elsewhere. */
	isGone(grid: LightGrid): boolean {
		const { cells } = changesBetween(grid, this.#picture);
		const hasChanged = (cell: number) => Math.abs(cells[cell] ?? 0) > CHANGE;
		// A bare desk: whatever comes is another paper.
		if (this.#blocks.length === 0)
			return cells.filter((change) => Math.abs(change) > CHANGE).length > LEAST_CELLS;
		const changed = this.#blocks.filter((block) => block.filter(hasChanged).length > OF_BLOCK * block.length);
		return changed.length > OF_BLOCKS * this.#blocks.length;
	}

	/** Whether the picture, which rests, shows this paper moved by a cell or more: lines of print are much alike, and hide that. */
	isElsewhere(grid: LightGrid): boolean {
		const here = this.#misfit(grid, 0, 0);
		if (here < MISFIT) return false;
		for (let down = -REACH; down <= REACH; down++) {
			for (let right = -REACH; right <= REACH; right++) {
				if (this.#misfit(grid, right, down) < here * BETTER) return true;
			}
		}
		return false;
	}

	/** How far the picture is from this one moved by so many cells, on average where there is something to be seen. */
	#misfit(grid: LightGrid, right: number, down: number): number {
		let [sum, count] = [0, 0];
		for (const cell of this.#structure) {
			const column = (cell % COLUMNS) + right;
			const row = Math.floor(cell / COLUMNS) + down;
			if (column < 0 || column >= COLUMNS || row < 0 || row >= ROWS) continue;
			sum += Math.abs((grid[row * COLUMNS + column] ?? 0) - (this.#picture[cell] ?? 0));
			count++;
		}
		return 2 * count < this.#structure.length ? Infinity : sum / count;
	}
}
