import { changesBetween, countBeyond } from './changes.ts';
import { CELLS, type LightGrid } from './lightGrid.ts';
import { LIGHT_CHANGE, type Rest } from './Settling.ts';

/** It moves where a few cells leave their place by much, or many do; in percent beyond so many times their swing. */
const FEW = { change: 8, cells: 4 };
const MANY = { change: 3, cells: 60 };
const SWINGS = 4;
/** It has drifted away where many cells are elsewhere for a while, further than they swing. */
const DRIFT = { change: 2.5, cells: 60, swings: 1.5 };
/** How long that while is, and how quickly it is learnt how far a cell is wont to swing; milliseconds. */
const WHILE_MS = 400;
const LEARN_MS = 1500;
/** From one look to the next. */
const USUAL_MS = 100;
/** A cell that swings further than that moves. */
const MOST_SWING = 8;

/** A picture that rests, until something moves. */
export class Resting {
	readonly #rest: LightGrid;
	readonly #swings: Float32Array;
	/** Where the cells have been lately. */
	readonly #lately = new Float32Array(CELLS);
	#at: number;

	constructor({ picture, swings }: Rest, at: number) {
		this.#rest = picture;
		this.#swings = swings.map((swing) => Math.min(swing, MOST_SWING));
		this.#at = at;
	}

	/** Whether it has moved. */
	moves(grid: LightGrid, at: number): boolean {
		const { cells, light } = changesBetween(grid, this.#rest);
		if (
			light > LIGHT_CHANGE ||
			countBeyond(cells, FEW.change, this.#swings, SWINGS) >= FEW.cells ||
			countBeyond(cells, MANY.change, this.#swings, SWINGS) >= MANY.cells
		)
			return true;
		this.#learn(cells, at);
		return countBeyond(this.#lately, DRIFT.change, this.#swings, DRIFT.swings) >= DRIFT.cells;
	}

	#learn(cells: Float32Array, at: number): void {
		// A single look after a long while says no more of that while than the others do.
		const passed = Math.min(at - this.#at, USUAL_MS);
		this.#at = at;
		const [soon, slowly] = [1 - Math.exp(-passed / WHILE_MS), 1 - Math.exp(-passed / LEARN_MS)];
		for (let cell = 0; cell < CELLS; cell++) {
			const lately = (this.#lately[cell] ?? 0) + ((cells[cell] ?? 0) - (this.#lately[cell] ?? 0)) * soon;
			this.#lately[cell] = lately;
			const swing = this.#swings[cell] ?? 0;
			const next = swing + (Math.abs((cells[cell] ?? 0) - lately) - swing) * slowly;
			this.#swings[cell] = Math.min(next, MOST_SWING);
		}
	}
}
