/** A rectangle; the unit is that of whoever made it. */
export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** One sign as text recognition read it. */
export interface ReadSign {
	readonly text: string;
	readonly box: Box;
	/** 0–1. */
	readonly confidence: number;
}

/** A line of print, its signs from left to right, without the blanks between them. */
export type ReadLine = readonly ReadSign[];

/** The smallest box around all. */
export function around(boxes: readonly Box[]): Box {
	const left = Math.min(...boxes.map(({ x }) => x));
	const top = Math.min(...boxes.map(({ y }) => y));
	const right = Math.max(...boxes.map(({ x, width }) => x + width));
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
	return { x: left, y: top, width: right - left, height: bottom - top };
}
