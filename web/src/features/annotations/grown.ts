import { SAID_LIMITS } from '@counter-hub/shared/annotations/said.ts';

/** Numbers of a stroke as far as they were heard; what the line has lost is missing. */
export type Heard = readonly (number | undefined)[];

/** A stroke with what a message says of it: `points` from the number `at` on. */
export function grown(before: Heard, at: number, points: readonly number[]): Heard {
	const length = Math.min(Math.max(before.length, at + points.length), 2 * SAID_LIMITS.stroke);
	return Array.from({ length }, (_, i) => points[i - at] ?? before[i]);
}
