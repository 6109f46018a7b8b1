import type { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import {
	NO_REVIEW,
	type callOrder,
	type countCommand,
	type markCommand,
} from '@counter-hub/shared/reviews/reviews.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import type { HubContext } from '../../HubContext.ts';
import type { HubSocketData } from '../../hubSockets.ts';
import { assertMay } from '../auth/Principal.ts';
import { assertMaterial } from '../cases/assertMaterial.ts';
import { caseActorOf, getCase, type CurrentCase } from '../cases/getCase.ts';
import { catalogue } from '../catalogue/Catalogue.ts';
import { assertInSession } from '../sessions/assertInSession.ts';
import { timeline } from '../timeline/timeline.ts';
import type { TimelineEvent, TimelineView } from '../timeline/types.ts';
import { reviewProjection } from './reviewProjection.ts';

type Events = Promise<readonly TimelineEvent[]>;

/** V7: which material is to lie under the camera, said by either side. @throws AppError `unknownMaterial` */
export async function callMaterial(
	hub: HubContext,
	who: HubSocketData,
	{ materialNo, ...order }: z.output<typeof callOrder>,
): Events {
	const found = await getCase(hub, order.caseId);
	assertMay(may.layPaper(who.actor, found));
	await assertMaterial(hub, found.itemNo, materialNo);
	return append(hub, who, found, order, { type: 'review.called', data: { materialNo } });
}

/** V7: originals and copies at the window, counted by either side. @throws AppError `unknownMaterial` */
export async function countPapers(
	hub: HubContext,
	who: HubSocketData,
	{ count, ...order }: z.output<typeof countCommand>,
): Events {
	const found = await getCase(hub, order.caseId);
	assertMay(may.layPaper(who.actor, found));
	await assertMaterial(hub, found.itemNo, count.materialNo);
	return append(hub, who, found, order, { type: 'review.counted', data: count });
}

/**
 * V7: what the permit side says of a material, all of it; the last one counts.
 * @throws AppError `unknownMaterial`, `notConditional`, `roundOver`
 */
export async function markMaterial(
	hub: HubContext,
	who: HubSocketData,
	{ mark, round, ...order }: z.output<typeof markCommand>,
): Events {
	const found = await getCase(hub, order.caseId);
	assertMay(may.markMaterial(who.actor, found));
	const { materials } = await catalogue(hub).require(found.itemNo);
	const material = materials.find(({ no }) => no === mark.materialNo);
	if (!material) throw new AppError('unknownMaterial', { params: { materialNo: mark.materialNo } });
	if (mark.needed !== null && !material.conditional) throw new AppError('notConditional');
	return append(hub, who, found, order, { type: 'review.marked', data: { ...mark, round } }, (view) => {
		const { round: present } = view.state(reviewProjection) ?? NO_REVIEW;
		if (present !== round) throw new AppError('roundOver', { params: { round: present } });
	});
}

type Fact = Pick<EventDraft<'review.called' | 'review.marked' | 'review.counted'>, 'type' | 'data'>;

async function append(
	hub: HubContext,
	who: HubSocketData,
	found: CurrentCase,
	{ commandId, sessionId }: Pick<z.output<typeof callOrder>, 'commandId' | 'sessionId'>,
	{ type, data }: Fact,
	assertPossible: (view: TimelineView) => void = () => undefined,
): Events {
	if (sessionId !== null) await assertInSession(hub, sessionId, found.id, [who.actor.staffId]);
	const actor = caseActorOf(who, found);
	const about = sessionId === null ? {} : { about: { sessionId } };
	const { events } = await timeline(hub).append({
		subject: found.subject,
		commandId,
		content: { type, data, by: who.actor.staffId },
		reads: [reviewProjection],
		decide: (view) => {
			assertPossible(view);
			return [{ type, data, actor, ...about } as EventDraft];
		},
	});
	return events;
}
