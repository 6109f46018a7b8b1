import type { Point, Size } from '#features/sessions/stageView.ts';

/** As it appears on a picture that is turned by quarters clockwise, from the picture's own middle. */
export function turnedPoint({ x, y }: Point, turns: number): Point {
	switch (turns % 4) {
		case 1:
			return { x: -y, y: x };
		case 2:
			return { x: -x, y: -y };
		case 3:
			return { x: y, y: -x };
		default:
			return { x, y };
	}
}

/** A label above this much room would leave the picture, and stands below instead. CSS pixels. */
const LABEL_ROOM = 30;

/** Where a label is tied to the unturned picture, and on which side of that it stands as people see it. */
export interface LabelPlace extends Point {
	readonly side: 'above' | 'below' | 'beside';
}

/**
 * The corner of a box that appears at the left above, or below where no room is left above it.
 * @param size of the unturned picture as it is shown; the corners are in the same lengths
 */
export function labelPlace(a: Point, b: Point, size: Size, turns: number): LabelPlace {
	const middle = { x: size.width / 2, y: size.height / 2 };
	const corners = [a, b, { x: a.x, y: b.y }, { x: b.x, y: a.y }].map((corner) => ({
		corner,
		seen: turnedPoint({ x: corner.x - middle.x, y: corner.y - middle.y }, turns),
	}));
	const left = Math.min(...corners.map(({ seen }) => seen.x));
	const tops = corners.map(({ seen }) => seen.y);
	const half = (turns % 2 === 0 ? size.height : size.width) / 2;
	const side = Math.min(...tops) + half >= LABEL_ROOM ? 'above' : 'below';
	const wanted = side === 'above' ? Math.min(...tops) : Math.max(...tops);
	const found = corners.find(({ seen }) => seen.x === left && seen.y === wanted);
	return { ...(found?.corner ?? a), side };
}
