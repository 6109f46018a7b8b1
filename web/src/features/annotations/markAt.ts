import type { Mark } from '@counter-hub/shared/annotations/marks.ts';
import type { Point, Size } from '#features/sessions/stageView.ts';
import { distanceToLine, placesOf } from './grid.ts';
import { isOnLabel } from './labels.ts';

/** CSS pixels: what a fingertip or a hand on the mouse misses by. */
const NEAR = 12;

/**
 * The mark under a place of the unturned picture, the last one drawn first.
 * @param at in the lengths of `size`, the picture as it is shown
 */
export function markAt(marks: readonly Mark[], at: Point, size: Size, turns: number): Mark | undefined {
	return marks.findLast((mark) => isOnLine(mark, at, size) || isOnLabel(mark, at, size, turns));
}

function isOnLine({ drawing }: Mark, at: Point, size: Size): boolean {
	const places = placesOf(drawing.points, size);
	const [from, to] = [places[0], places.at(-1)];
	if (!from || !to) return false;
	const course =
		drawing.tool === 'box' ? [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }, from] : places;
	return course.some((place, i) => distanceToLine(at, course[Math.max(0, i - 1)] ?? place, place) <= NEAR);
}
