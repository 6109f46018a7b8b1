import { trusted } from 'mongoose';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import type { HubSocketData } from '../../hubSockets.ts';
import { getCaseRef } from '../cases/caseRef.ts';
import { engagementOf } from '../presence/engagements.ts';
import { presenceModel } from '../presence/Presence.model.ts';
import { currentShift } from '../shifts/onShift.ts';
import { admitToCall, isAtPost, isParty } from './callRules.ts';
import { findSession } from './runSessionCommand.ts';
import { seenSessions } from './SeenSessions.ts';
import { sessionModel } from './Session.model.ts';
import type { SessionRecord } from './sessionProjections.ts';
import { showSession } from './sessionViews.ts';

/** What a page must know after it (re)connects: what rings here, and the call this person is in. */
export async function sessionsOf(hub: HubContext, who: HubSocketData) {
	const { staffId, counterId } = who.actor;
	const engagement = await engagementOf(hub, staffId);
	const held = engagement && (await findSession(hub, engagement.sessionId));
	// Who lost the race for an answer is still engaged for a moment, but in no call.
	const active = held && held.state !== 'ended' && isParty(held, staffId) ? held : null;
	const rings =
		counterId !== null && !active && may.answerSession(who.actor, counterId) && (await isOnShift(hub, who))
			? await ringingAt(hub, counterId)
			: [];
	const show = async (session: SessionRecord) =>
		showSession(hub, session, await getCaseRef(hub, session.caseId));
	const activeElsewhere = active !== null && (await isHeldElsewhere(hub, who, active.id));
	const own = active && engagement?.pageId === who.pageId && isAtPost(active, who.actor) ? [active] : [];
	const ways = await Promise.all([...rings, ...own].map((session) => wayInto(hub, session, who)));
	return {
		ringing: await Promise.all(rings.map(show)),
		active: active && (await show(active)),
		activeElsewhere,
		admissions: ways.flat(),
	};
}

/** Only an open shift is rung. */
const isOnShift = async (hub: HubContext, { actor }: HubSocketData): Promise<boolean> =>
	(await currentShift(hub, actor.staffId))?.state === 'open';

/** None while the room's media node is away. */
async function wayInto(
	hub: HubContext,
	session: SessionRecord,
	{ actor, displayName }: HubSocketData,
): Promise<MediaAdmission[]> {
	try {
		return [await admitToCall(hub, session, { staffId: actor.staffId, displayName })];
	} catch (error) {
		if (error instanceof AppError && error.key === 'noMediaNode') return [];
		throw error;
	}
}

/** Whether another page of the same person that is still open holds the call. */
export async function isHeldElsewhere(
	hub: HubContext,
	who: HubSocketData,
	sessionId: string,
): Promise<boolean> {
	const engagement = await engagementOf(hub, who.actor.staffId);
	if (!engagement || engagement.sessionId !== sessionId) return false;
	if (engagement.pageId === who.pageId) return false;
	const open = await presenceModel(hub.connection).exists({
		_id: engagement.pageId,
		expiresAt: trusted({ $gt: new Date(hub.now()) }),
	});
	return open !== null;
}

async function ringingAt(hub: HubContext, counterId: string): Promise<SessionRecord[]> {
	const now = new Date(hub.now()).toISOString();
	const documents = await sessionModel(hub.connection)
		.find({ state: 'ringing', toCounterId: counterId, ringUntil: trusted({ $gt: now }) })
		.sort({ _id: 1 })
		.limit(50)
		.lean();
	return seenSessions(hub).ringingAt(counterId, documents, now);
}
