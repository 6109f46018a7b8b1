import { MARK_LIMITS } from '@counter-hub/shared/annotations/marks.ts';
import type { Size } from '#features/sessions/stageView.ts';
import { distanceToLine, placesOf } from './grid.ts';

/** In CSS pixels of the picture as it was drawn on: the first deviation that nobody would see. */
const FINE = 0.35;

/**
 * A stroke with no more points than a mark may have: those that change its course least are left out (Ramer, Douglas
 * and Peucker). One that has few enough stays as it is, so that nothing changes when it is finished.
 */
export function thinned(points: readonly number[], shown: Size): number[] {
	let kept = [...points];
	for (let tolerance = FINE; kept.length > 2 * MARK_LIMITS.points; tolerance *= 1.6)
		kept = simplified(points, shown, tolerance);
	return kept;
}

function simplified(points: readonly number[], shown: Size, tolerance: number): number[] {
	const places = placesOf(points, shown);
	const keeps = new Set([0, places.length - 1]);
	const open: [from: number, to: number][] = [[0, places.length - 1]];
	for (let piece = open.pop(); piece; piece = open.pop()) {
		const [from, to] = piece;
		const [a, b] = [places[from], places[to]];
		if (!a || !b) continue;
		let [farthest, most] = [from, tolerance];
		for (let i = from + 1; i < to; i++) {
			const off = distanceToLine(places[i] ?? a, a, b);
			if (off > most) [farthest, most] = [i, off];
		}
		if (farthest === from) continue;
		keeps.add(farthest);
		open.push([from, farthest], [farthest, to]);
	}
	return [...keeps].sort((a, b) => a - b).flatMap((i) => points.slice(2 * i, 2 * i + 2));
}
