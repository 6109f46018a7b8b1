import type { EventView } from '../timeline/eventView.ts';
import { reviewEvents } from './events.ts';
import { REVIEW_LIMITS, type Review, type ReviewMark } from './reviews.ts';

type ReviewEvent = Pick<EventView, 'type' | 'data' | 'at' | 'actor'> & {
	actorName?: EventView['actorName'] | undefined;
};

/** Folds one event of a case into its review, in hub and page alike. Pure; the same object where nothing changes. */
export function applyReviewEvent(review: Review, { type, data, at, actor, actorName }: ReviewEvent): Review {
	const by = actor.kind === 'staff' ? actor.staffId : '';
	const byName = actorName ?? null;
	switch (type) {
		case 'review.called': {
			const called = { ...reviewEvents[type].parse(data), by, byName, at };
			return { ...review, called };
		}
		case 'review.marked': {
			const mark: ReviewMark = { ...reviewEvents[type].parse(data), by, byName, at };
			return { ...review, marks: { ...review.marks, [mark.materialNo]: mark } };
		}
		case 'review.counted': {
			const count = reviewEvents[type].parse(data);
			return { ...review, counts: { ...review.counts, [count.materialNo]: count } };
		}
		case 'review.ended': {
			const { round, conclusion } = reviewEvents[type].parse(data);
			const ended = { round, conclusion, endedAt: at, notice: null, pdfSha256: null };
			return { ...review, called: null, rounds: [...review.rounds, ended].slice(-REVIEW_LIMITS.rounds) };
		}
		case 'review.noticeIssued':
			return nextRound(review, reviewEvents[type].parse(data));
		case 'review.noticeFiled': {
			const { noticeId, sha256 } = reviewEvents[type].parse(data);
			const rounds = review.rounds.map((one) =>
				one.notice?.noticeId === noticeId ? { ...one, pdfSha256: sha256 } : one,
			);
			return { ...review, rounds };
		}
		default:
			return review;
	}
}

/** What is to be corrected is open again, and says what was asked; what was in order stays so. */
function nextRound(
	review: Review,
	notice: ReturnType<(typeof reviewEvents)['review.noticeIssued']['parse']>,
): Review {
	// A round has several ends where a call broke it off; the notice belongs to the last one.
	const end = review.rounds.findLastIndex(({ round }) => round === notice.round);
	const rounds = review.rounds.map((one, i) => (i === end ? { ...one, notice } : one));
	const asked: Review['asked'] = {};
	for (const { materialNo, reasons, bring, stillIds } of notice.entries) {
		if (materialNo !== null) asked[materialNo] = { reasons, bring, stillIds, round: notice.round };
	}
	const marks: Review['marks'] = {};
	for (const [no, mark] of Object.entries(review.marks)) {
		marks[no] = no in asked ? { ...mark, verdict: null, reasons: [], bring: '' } : mark;
	}
	return { ...review, round: notice.round + 1, rounds, asked, marks };
}
