import { MARK_GRID } from '@counter-hub/shared/annotations/marks.ts';
import type { Point, Size } from '#features/sessions/stageView.ts';

/*
 * Between shares of a picture (0–1), the whole numbers in which marks are kept, and lengths on a screen or page.
 */

const part = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * MARK_GRID);

/** x and y of a place, in whole parts; what lies beside the picture is put at its edge. */
export const toGrid = ({ x, y }: Point): [x: number, y: number] => [part(x), part(y)];

export const isOnPicture = ({ x, y }: Point): boolean => x >= 0 && x <= 1 && y >= 0 && y <= 1;

/** The places of a mark on a picture that is shown so large. Gaps, which the line has lost, are left out. */
export function placesOf(points: readonly (number | undefined)[], { width, height }: Size): Point[] {
	const places: Point[] = [];
	for (let i = 0; i + 1 < points.length; i += 2) {
		const [x, y] = [points[i], points[i + 1]];
		if (x === undefined || y === undefined) continue;
		places.push({ x: (x / MARK_GRID) * width, y: (y / MARK_GRID) * height });
	}
	return places;
}

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** How far a place lies from the line between two others. */
export function distanceToLine(at: Point, from: Point, to: Point): number {
	const [dx, dy] = [to.x - from.x, to.y - from.y];
	const length = dx * dx + dy * dy;
	const along = length === 0 ? 0 : ((at.x - from.x) * dx + (at.y - from.y) * dy) / length;
	const share = Math.min(1, Math.max(0, along));
	return distance(at, { x: from.x + share * dx, y: from.y + share * dy });
}
