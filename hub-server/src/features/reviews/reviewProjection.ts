import { applyReviewEvent } from '@counter-hub/shared/reviews/applyReviewEvent.ts';
import { NO_REVIEW, type Review } from '@counter-hub/shared/reviews/reviews.ts';
import type { HubContext } from '../../HubContext.ts';
import { staffNames } from '../people/StaffNames.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection } from '../timeline/types.ts';

/** The review of each case that has been begun. */
export const reviewProjection: Projection<Review> = {
	name: 'case_reviews',
	subjectKind: 'case',
	by: 'subject',
	// 2: a notice belongs to the last end of its round.
	form: 2,
	apply(state, { type, data, at, actor }) {
		const before = state ?? NO_REVIEW;
		const review = applyReviewEvent(before, { type, data, at: at.toISOString(), actor });
		return review === before ? state : review;
	},
};

export interface ReadReview {
	readonly state: Review;
	/** Sequence number up to which the timeline is in it. */
	readonly seq: number;
}

/** With everything that was acknowledged. */
export async function readReview(hub: HubContext, caseId: string): Promise<ReadReview> {
	const { state, seq } = await timeline(hub).projections.read(reviewProjection, caseId);
	return { state: state ?? NO_REVIEW, seq };
}

/** With the names of those who marked, which events do not hold. */
export async function presentReview(hub: HubContext, review: Review): Promise<Review> {
	const { marks, called } = review;
	const ids = [...Object.values(marks), ...(called ? [called] : [])].map(({ by }) => by);
	const names = await staffNames(hub).of(ids);
	const named = <T extends { by: string }>(one: T) => ({ ...one, byName: names.get(one.by) ?? null });
	return {
		...review,
		called: called && named(called),
		marks: Object.fromEntries(Object.entries(marks).map(([no, mark]) => [no, named(mark)])),
	};
}
