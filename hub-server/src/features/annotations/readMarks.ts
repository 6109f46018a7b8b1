import { NO_MARKS } from '@counter-hub/shared/annotations/applyMarkEvent.ts';
import type { Marks } from '@counter-hub/shared/annotations/marks.ts';
import type { HubContext } from '../../HubContext.ts';
import { staffNames } from '../people/StaffNames.ts';
import { timeline } from '../timeline/timeline.ts';
import { marksProjection } from './marksProjection.ts';

/** The marks of a case with the names of who drew them, and the place on its timeline up to which they were folded. */
export async function readMarks(hub: HubContext, caseId: string): Promise<{ state: Marks; seq: number }> {
	const { state = NO_MARKS, seq } = await timeline(hub).projections.read(marksProjection, caseId);
	const names = await staffNames(hub).of(state.marks.map(({ by }) => by.staffId));
	const named = state.marks.map((mark) => ({
		...mark,
		by: { ...mark.by, name: names.get(mark.by.staffId) ?? null },
	}));
	return { state: { ...state, marks: named }, seq };
}
