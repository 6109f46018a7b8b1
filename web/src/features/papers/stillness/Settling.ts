import { changesBetween, countBeyond } from './changes.ts';
import { CELLS, type LightGrid } from './lightGrid.ts';

/** So long a picture has lain still when it rests (V14), seen at least so many times. */
const REST_MS = 700;
const LEAST_LOOKS = 3;
/** Something moves where a few cells change much, or many change. In percent of their brightness; cells. */
const MUCH = { change: 25, cells: 4 };
const MANY = { change: 8, cells: CELLS / 20 };
/** What has drifted from the first to the second half of that time has not come to rest. */
const DRIFT = { change: 2.5, cells: 60 };
/** A light that is switched on or off. */
export const LIGHT_CHANGE = 15;

const NOTHING = new Float32Array(CELLS);

/** How a picture looked while it came to rest, and how far each of its cells is wont to swing. */
export interface Rest {
	readonly picture: LightGrid;
	readonly swings: Float32Array;
}

/** What was seen over a while. */
class Looks {
	/** Sum of what was seen, and of how far each cell was from where it was to be expected. */
	readonly sum = new Float32Array(CELLS);
	readonly swing = new Float32Array(CELLS);
	count = 0;

	add(grid: LightGrid, changes: Float32Array): void {
		this.count++;
		for (let cell = 0; cell < CELLS; cell++) {
			this.sum[cell] = (this.sum[cell] ?? 0) + (grid[cell] ?? 0);
			this.swing[cell] = (this.swing[cell] ?? 0) + Math.abs(changes[cell] ?? 0);
		}
	}
}

/**
 * A picture that has moved, until it rests. A hand that holds the paper and shakes a little lets its edges swing to and
 * fro about one place: that is rest, however long it goes on. What leaves its place is none.
 */
export class Settling {
	#since: number;
	/** Of the first half of the time, and of what came after. */
	#early = new Looks();
	#late = new Looks();

	/** @param since milliseconds, as in `add` */
	constructor(first: LightGrid, since: number) {
		this.#since = since;
		this.#early.add(first, NOTHING);
	}

	/** Since when nothing has moved, as far as is known now. */
	get since(): number {
		return this.#since;
	}
	/** Half of the time is over: it seems to come to rest. */
	get seemsToRest(): boolean {
		return this.#late.count > 0;
	}

	/** The rest that it has come to, or what goes on from here: itself, or anew because something moved. */
	add(grid: LightGrid, at: number): Rest | Settling {
		const [early, late] = [this.#early, this.#late];
		const { cells, light } = changesBetween(grid, average('sum', early, late));
		const moves =
			light > LIGHT_CHANGE ||
			countBeyond(cells, MUCH.change, NOTHING, 0) >= MUCH.cells ||
			countBeyond(cells, MANY.change, NOTHING, 0) >= MANY.cells;
		if (moves) return new Settling(grid, at);
		(at - this.#since < REST_MS / 2 ? early : late).add(grid, cells);
		const looks = early.count + late.count;
		if (at - this.#since < REST_MS || looks < LEAST_LOOKS || late.count === 0) return this;
		const [before, now] = [average('sum', early), average('sum', late)];
		const swings = average('swing', early, late);
		const drift = countBeyond(changesBetween(now, before).cells, DRIFT.change, swings, 1);
		if (drift < DRIFT.cells) return { picture: now, swings };
		// It may have come to rest on the way.
		this.#since += REST_MS / 2;
		[this.#early, this.#late] = [late, new Looks()];
		return this;
	}
}

function average(of: 'sum' | 'swing', ...looks: readonly Looks[]): Float32Array {
	const count = looks.reduce((sum, one) => sum + one.count, 0);
	const mean = new Float32Array(CELLS);
	for (const { [of]: values } of looks) {
		for (let cell = 0; cell < CELLS; cell++) mean[cell] = (mean[cell] ?? 0) + (values[cell] ?? 0) / count;
	}
	return mean;
}
