import type { Material } from '@counter-hub/shared/catalogue/catalogue.ts';
import { reviewEvents } from '@counter-hub/shared/reviews/events.ts';
import type { HubContext } from '../../HubContext.ts';
import { getCaseRef } from '../cases/caseRef.ts';
import { catalogue } from '../catalogue/Catalogue.ts';
import { timeline } from '../timeline/timeline.ts';
import { idOf, type TimelineEvent } from '../timeline/types.ts';
import { commonReasons } from './commonReasons.ts';
import { reasonUseModel } from './ReasonUse.model.ts';

/** Uses that are looked at: the latest ones of a counter and item. */
const LOOKED_AT = 2_000;
/** Reasons that are offered for one material. */
const OFFERED = 8;

/** The job: counts what stood in notices, for offering it first next time. */
export function countReasons(hub: HubContext): void {
	reasonUseModel(hub.connection);
	timeline(hub).job({
		name: 'reasons',
		kind: 'case',
		types: ['review.noticeIssued'],
		handle: (event) => count(hub, event),
	});
}

async function count(hub: HubContext, { subject, data, at }: TimelineEvent): Promise<void> {
	const { noticeId, entries } = reviewEvents['review.noticeIssued'].parse(data);
	const { itemNo, permitCounterId } = await getCaseRef(hub, idOf(subject));
	const uses = entries.flatMap(({ materialNo, reasons }) =>
		materialNo === null
			? []
			: reasons.map((text, i) => ({ _id: `${noticeId}:${materialNo}:${i}`, materialNo, text })),
	);
	if (uses.length === 0) return;
	await reasonUseModel(hub.connection).bulkWrite(
		uses.map(({ _id, ...use }) => ({
			updateOne: {
				filter: { _id },
				update: { $set: { ...use, itemNo, permitCounterId, at } },
				upsert: true,
			},
		})),
	);
}

/** For each material of an item what this counter asks for most, then what is asked for everywhere. */
export async function offerReasons(
	hub: HubContext,
	itemNo: number,
	permitCounterId: string,
): Promise<Record<string, string[]>> {
	const { materials } = await catalogue(hub).require(itemNo);
	const uses = await reasonUseModel(hub.connection)
		.find({ permitCounterId, itemNo }, { materialNo: 1, text: 1 })
		.sort({ at: -1 })
		.limit(LOOKED_AT)
		.lean();
	const offered = (material: Material) => {
		const own = uses.filter(({ materialNo }) => materialNo === material.no);
		const byUse = [...Map.groupBy(own, ({ text }) => text)]
			.sort(([, a], [, b]) => b.length - a.length)
			.map(([text]) => text);
		return [...new Set([...byUse, ...commonReasons(material.name)])].slice(0, OFFERED);
	};
	return Object.fromEntries(materials.map((material) => [String(material.no), offered(material)]));
}
