import { randomBytes } from 'node:crypto';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { isBegun, noticeEntries, tallyOf } from '@counter-hub/shared/reviews/judge.ts';
import { NO_REVIEW } from '@counter-hub/shared/reviews/reviews.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import type { HubContext } from '../../HubContext.ts';
import { getCaseRef } from '../cases/caseRef.ts';
import { catalogue } from '../catalogue/Catalogue.ts';
import { conclusions } from '../sessions/conclusions.ts';
import { stillsProjection } from '../stills/stillsProjection.ts';
import { reviewProjection } from './reviewProjection.ts';

/** 128 bits: nobody finds a notice by trying. */
const PUBLIC_ID_BYTES = 16;

/**
 * With the conclusion of its call a round ends, and 补正 makes the one-time notice from exactly the marks that stand in
 * that moment: one command, so that there is no conclusion without its notice and no second notice.
 * @throws AppError `marksContradict`, `nothingToCorrect`, `reasonMissing`
 */
export function endRoundAtConclusion(hub: HubContext): void {
	conclusions(hub).add(async (caseId) => {
		const { itemNo, caseNo } = await getCaseRef(hub, caseId);
		const { materials } = await catalogue(hub).require(itemNo);
		const ids = { noticeId: newId(hub.now()), publicId: randomBytes(PUBLIC_ID_BYTES).toString('base64url') };
		return {
			reads: [reviewProjection, stillsProjection],
			follow: ({ view, session, conclusion, note, actor }) => {
				const review = view.state(reviewProjection) ?? NO_REVIEW;
				const { round } = review;
				const { passed, toFix, open } = tallyOf(materials, review);
				if (conclusion === 'pass' && toFix > 0)
					throw new AppError('marksContradict', { params: { n: toFix } });
				if (conclusion !== 'correction' && round === 1 && !isBegun(review)) return [];
				const base = { actor, about: { sessionId: session.id } };
				const tally = { round, conclusion, passed, toFix, open };
				const ended: EventDraft = { type: 'review.ended', data: tally, ...base };
				if (conclusion !== 'correction') return [ended];
				const stills = view.state(stillsProjection)?.stills ?? [];
				const stillsOf = (no: number) =>
					stills.flatMap((one) => (one.materialNo === no && !one.struck ? [one.stillId] : []));
				const entries = noticeEntries(materials, review, stillsOf, note);
				if (entries.length === 0) throw new AppError('nothingToCorrect');
				const bare = entries.find(({ reasons }) => reasons.length === 0);
				if (bare) throw new AppError('reasonMissing', { params: { materialNo: bare.materialNo ?? 0 } });
				const notice = { ...ids, noticeNo: `${caseNo}-B${round}`, round, entries };
				return [ended, { type: 'review.noticeIssued', data: notice, ...base }];
			},
		};
	});
}
