import { applyMarkEvent, NO_MARKS } from '@counter-hub/shared/annotations/applyMarkEvent.ts';
import type { Marks } from '@counter-hub/shared/annotations/marks.ts';
import type { Projection } from '../timeline/types.ts';

/** The marks of each case, one document. Names of people are not in it. */
export const marksProjection: Projection<Marks> = {
	name: 'marks',
	subjectKind: 'case',
	by: 'subject',
	apply(state, event) {
		const before = state ?? NO_MARKS;
		const after = applyMarkEvent(before, { ...event, at: event.at.toISOString() });
		return after === before ? state : after;
	},
};
