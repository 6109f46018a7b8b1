/** A place in the grid of cities: the row sends, the column receives. From 0. */
export interface Place {
	row: number;
	column: number;
}

const STEPS = {
	ArrowUp: [-1, 0],
	ArrowDown: [1, 0],
	ArrowLeft: [0, -1],
	ArrowRight: [0, 1],
	Home: [0, -Infinity],
	End: [0, Infinity],
} as const;
export type GridKey = keyof typeof STEPS;

/** Where a key leads to in a grid of so many rows and columns; at its edge it stays. Pure. */
export function moved({ row, column }: Place, key: GridKey, size: number): Place {
	const [down, right] = STEPS[key];
	const within = (at: number) => Math.min(Math.max(at, 0), size - 1);
	return { row: within(row + down), column: within(column + right) };
}
