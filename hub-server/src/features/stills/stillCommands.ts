import type { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import { STILLS_MAX, type strikeBody } from '@counter-hub/shared/stills/stills.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { caseActorOf, getCase } from '../cases/getCase.ts';
import { assertMaterial } from '../cases/assertMaterial.ts';
import { assertInSession } from '../sessions/assertInSession.ts';
import { timeline } from '../timeline/timeline.ts';
import type { TimelineEvent } from '../timeline/types.ts';
import { assertThumbnail, pictureOf } from './pictureOf.ts';
import { stillsProjection } from './stillsProjection.ts';

type StoreStill = z.output<(typeof hubRequests)['still:store']['payload']>;

/**
 * V5: puts a still on the case's timeline. Its bytes must be stored and be a picture of the size that was said. An upload
 * that ends after the call still counts.
 * @throws AppError `unknownCase`, `notAllowed`, `unknownSession`, `unknownBlob`, `notAPicture`, `pictureTooLarge`,
 * `unknownMaterial`, `tooManyStills`
 */
export async function storeStill(
	hub: HubContext,
	principal: Pick<Principal, 'actor' | 'windowId'>,
	{ commandId, caseId, sessionId, ...asked }: StoreStill,
): Promise<readonly TimelineEvent[]> {
	const found = await getCase(hub, caseId);
	assertMay(may.takeStill(principal.actor, found));
	await assertInSession(hub, sessionId, caseId, [principal.actor.staffId, asked.askedBy]);
	if (asked.materialNo !== null) await assertMaterial(hub, found.itemNo, asked.materialNo);
	const { staffId } = principal.actor;
	const { sha256, size, kind, width, height } = await pictureOf(hub, staffId, asked.sha256);
	if (width !== asked.width || height !== asked.height) {
		throw new AppError('notAPicture', { params: { width, height } });
	}
	if (asked.thumbnailSha256 !== null) await assertThumbnail(hub, staffId, asked.thumbnailSha256);
	const { materialNo, thumbnailSha256, askedBy } = asked;
	const data = {
		stillId: commandId,
		materialNo,
		sha256,
		thumbnailSha256,
		size,
		kind,
		width,
		height,
		askedBy,
	};
	const actor = caseActorOf(principal, found);
	const { events } = await timeline(hub).append({
		subject: found.subject,
		commandId,
		content: { still: data, by: principal.actor.staffId },
		reads: [stillsProjection],
		decide: (view) => {
			const { stills } = view.state(stillsProjection) ?? { stills: [] };
			if (stills.length >= STILLS_MAX) throw new AppError('tooManyStills', { params: { most: STILLS_MAX } });
			return [{ type: 'still.taken', data, actor, about: { sessionId } }];
		},
	});
	return events;
}

/** A supervisor marks a still as void; it stays where it is. @throws AppError `unknownStill`, `alreadyStruck` */
export async function strikeStill(
	hub: HubContext,
	principal: Principal,
	{ caseId, stillId }: { caseId: string; stillId: string },
	{ commandId, reason }: z.output<typeof strikeBody>,
): Promise<readonly TimelineEvent[]> {
	const found = await getCase(hub, caseId);
	assertMay(may.strikeStill(principal.actor, found));
	const actor = caseActorOf(principal, found);
	const { events } = await timeline(hub).append({
		subject: found.subject,
		commandId,
		content: { strike: stillId, reason, by: principal.actor.staffId },
		reads: [stillsProjection],
		decide: (view) => {
			const still = view.state(stillsProjection)?.stills.find((one) => one.stillId === stillId);
			if (!still) throw new AppError('unknownStill');
			if (still.struck) throw new AppError('alreadyStruck');
			return [{ type: 'still.struck', data: { stillId, reason }, actor }];
		},
	});
	return events;
}
