import { createHash } from 'node:crypto';
import { applyMarkEvent, NO_MARKS } from '@counter-hub/shared/annotations/applyMarkEvent.ts';
import {
	MARK_LIMITS,
	markSubjectKey,
	type Drawing,
	type Marks,
	type MarkSubject,
} from '@counter-hub/shared/annotations/marks.ts';
import { strokesOf } from '@counter-hub/shared/annotations/strokesOf.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { TimelineView } from '../timeline/types.ts';
import { marksProjection } from './marksProjection.ts';

export const marksIn = (view: TimelineView): Marks => view.state(marksProjection) ?? NO_MARKS;

/** @throws AppError `tooManyMarks`, which says of what: `subject`, `case`, `points` */
export function assertRoom({ marks }: Marks, on: MarkSubject, { points }: Drawing): void {
	const key = markSubjectKey(on);
	const beside = marks.filter((one) => markSubjectKey(one.on) === key).length;
	const held = marks.reduce((sum, one) => sum + one.drawing.points.length / 2, 0);
	for (const [reason, wanted, limit] of [
		['subject', beside + 1, MARK_LIMITS.perSubject],
		['case', marks.length + 1, MARK_LIMITS.perCase],
		['points', held + points.length / 2, MARK_LIMITS.pointsPerCase],
	] as const) {
		if (wanted > limit) throw new AppError('tooManyMarks', { params: { reason, limit } });
	}
}

/** SHA-256 of the marks of the still that an event changes, after it; null for one on a live picture. */
export function strokesAfter(
	view: TimelineView,
	before: Marks,
	event: Omit<Parameters<typeof applyMarkEvent>[1], 'at'> & { data: { markId: string } },
): string | null {
	const after = applyMarkEvent(before, { ...event, at: view.now.toISOString() });
	const { on } = [...after.marks, ...before.marks].find(({ markId }) => markId === event.data.markId) ?? {};
	if (on?.kind !== 'still') return null;
	return createHash('sha256').update(strokesOf(after.marks, on.stillId)).digest('hex');
}
