import { reviewEvents } from '@counter-hub/shared/reviews/events.ts';
import { NO_REVIEW } from '@counter-hub/shared/reviews/reviews.ts';
import type { HubContext } from '../../HubContext.ts';
import { keepBlob } from '../../platform/blobs/keepBlob.ts';
import { blobs } from '../blobs/blobs.ts';
import { timeline } from '../timeline/timeline.ts';
import { idOf, type TimelineEvent } from '../timeline/types.ts';
import { noticePdf } from './noticePdf.ts';
import { noticePlaceModel } from './NoticePlace.model.ts';
import { reviewProjection } from './reviewProjection.ts';

/**
 * The job: makes the PDF of each notice, stores it, and puts its hash on the timeline; notes where the notice is found by
 * its public id. A repeat finds all of it done.
 */
export function fileNotices(hub: HubContext): void {
	noticePlaceModel(hub.connection);
	timeline(hub).job({
		name: 'notices',
		kind: 'case',
		types: ['review.noticeIssued'],
		handle: (event) => fileNotice(hub, event),
	});
}

async function fileNotice(hub: HubContext, { subject, data, at }: TimelineEvent): Promise<void> {
	const notice = reviewEvents['review.noticeIssued'].parse(data);
	const { noticeId, publicId } = notice;
	const caseId = idOf(subject);
	await noticePlaceModel(hub.connection).updateOne(
		{ _id: publicId },
		{ $set: { caseId, noticeId } },
		{ upsert: true },
	);
	const bytes = await noticePdf(hub, caseId, notice, at);
	const { sha256, size } = await keepBlob(blobs(hub).store, bytes, 'application/pdf', hub.now());
	await timeline(hub).append({
		subject,
		// A name that no page can give.
		commandId: `notice:${noticeId}:filed`,
		reads: [reviewProjection],
		decide: (view) => {
			const { rounds } = view.state(reviewProjection) ?? NO_REVIEW;
			if (rounds.some(({ notice, pdfSha256 }) => notice?.noticeId === noticeId && pdfSha256 !== null))
				return [];
			return [
				{
					type: 'review.noticeFiled',
					data: { noticeId, sha256, size },
					actor: { kind: 'system', by: 'hub' },
				},
			];
		},
	});
}
