import { cityOf } from '@counter-hub/shared/cities/cities.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { noticeEntries } from '@counter-hub/shared/reviews/judge.ts';
import type { EndedRound, Notice, PublicNotice } from '@counter-hub/shared/reviews/reviews.ts';
import type { HubContext } from '../../HubContext.ts';
import { getCaseRef } from '../cases/caseRef.ts';
import { getCase } from '../cases/getCase.ts';
import { catalogue } from '../catalogue/Catalogue.ts';
import { places } from '../counters/Places.ts';
import { getStills } from '../stills/stillsProjection.ts';
import { noticePdf, type NoticeDraft } from './noticePdf.ts';
import { noticePlaceModel } from './NoticePlace.model.ts';
import { readReview } from './reviewProjection.ts';
import { withoutNames } from './withoutNames.ts';

interface FoundNotice extends EndedRound {
	notice: Notice;
}

/** @throws AppError `unknownNotice` */
export async function getNotice(hub: HubContext, caseId: string, noticeId: string): Promise<FoundNotice> {
	const { state } = await readReview(hub, caseId);
	const found = state.rounds.find((one) => one.notice?.noticeId === noticeId);
	if (!found?.notice) throw new AppError('unknownNotice');
	return { ...found, notice: found.notice };
}

/** The notice as the marks of this moment would make it: what the approver looks at before he concludes. */
export async function previewNotice(hub: HubContext, caseId: string): Promise<Buffer> {
	const [{ itemNo }, { state }, stills] = await Promise.all([
		getCaseRef(hub, caseId),
		readReview(hub, caseId),
		getStills(hub, caseId),
	]);
	const { materials } = await catalogue(hub).require(itemNo);
	const stillsOf = (no: number) =>
		stills.flatMap((one) => (one.materialNo === no && !one.struck ? [one.stillId] : []));
	const entries = noticeEntries(materials, state, stillsOf, '');
	if (entries.length === 0) throw new AppError('nothingToCorrect');
	const draft: NoticeDraft = { round: state.round, entries };
	return await noticePdf(hub, caseId, draft, new Date(hub.now()));
}

/** A notice for whoever has its public id: without a name, an enterprise or a number of the case. @throws `unknownNotice` */
export async function readPublicNotice(hub: HubContext, publicId: string): Promise<PublicNotice> {
	const place = await noticePlaceModel(hub.connection).findById(publicId).lean();
	if (!place) throw new AppError('unknownNotice');
	const { caseId, noticeId } = place;
	const [ref, hidden, found, { state }, counters] = await Promise.all([
		getCaseRef(hub, caseId),
		getCase(hub, caseId).then((one) => withoutNames(hub, one)),
		getNotice(hub, caseId, noticeId),
		readReview(hub, caseId),
		places(hub).all(),
	]);
	const later = state.rounds.findLast(
		({ round, conclusion, notice }) => round > found.round && (conclusion === 'pass' || notice),
	);
	return {
		noticeNo: found.notice.noticeNo,
		itemName: ref.itemName,
		permitCity: cityOf(ref.permitCity).zh,
		receivingCounter: counters.find(({ id }) => id === ref.originCounterId)?.name ?? '',
		issuedAt: found.endedAt,
		state: !later ? 'open' : later.conclusion === 'pass' ? 'passed' : 'superseded',
		entries: found.notice.entries.map(({ materialName, reasons, bring }) => ({
			materialName,
			reasons: reasons.map(hidden),
			bring: hidden(bring),
		})),
	};
}
