import { trusted } from 'mongoose';
import type { SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets, roomOf } from '../../hubSockets.ts';
import { perHub } from '../../perHub.ts';
import { getCaseRef } from '../cases/caseRef.ts';
import { staffNames } from '../people/StaffNames.ts';
import { engagementModel } from '../presence/Engagement.model.ts';
import type { PresenceRecord } from '../presence/Presence.model.ts';
import { livePresences } from '../presence/PresenceBoard.ts';
import { dutyAt } from '../rota/dutyAt.ts';
import { shiftsNow } from '../shifts/onShift.ts';
import { admitToCall } from './callRules.ts';
import type { SessionDocument } from './Session.model.ts';
import type { SessionRecord } from './sessionProjections.ts';
import { showSession } from './sessionViews.ts';

/** The pages that this hub has rung at already, by session: a page that is loaded meanwhile gets ready, too. */
const rung = perHub(() => new Map<string, Set<string>>());
/** Sessions that were not among the ringing ones at the last look; documents lag behind the news by a moment. */
const missed = perHub(() => new Set<string>());

/**
 * V1: rings for the free people of the called counter whose shift is open and whose page is there, with an admission to
 * the lobby each. Post B is rung when nobody else is free, or has not answered for a while (S4.2).
 */
export async function ring(hub: HubContext, session: SessionRecord, view: SessionView): Promise<void> {
	const told = rung(hub).get(session.id) ?? new Set<string>();
	rung(hub).set(session.id, told);
	const pages = await livePresences(hub, session.toCounterId);
	const isUntold = (staffId: string) => pages.some((page) => page.staffId === staffId && !told.has(page._id));
	if (pages.every(({ _id }) => told.has(_id))) return;
	const untoldPeople = (await toBeRung(hub, session, pages)).filter(isUntold);
	const names = await staffNames(hub).of(untoldPeople);
	for (const staffId of untoldPeople) {
		const admission = await admitToCall(hub, session, { staffId, displayName: names.get(staffId) ?? '' });
		// The news and the look of each second may come to the same call at the same time.
		const untold = pages.filter((page) => page.staffId === staffId && !told.has(page._id));
		if (untold.length === 0) continue;
		hubSockets(hub).namespace.to(roomOf.staff(staffId)).emit('session:ringing', { session: view, admission });
		for (const { _id } of untold) told.add(_id);
	}
}

async function toBeRung(
	hub: HubContext,
	{ toCounterId, requestedAt }: SessionRecord,
	pages: readonly PresenceRecord[],
): Promise<string[]> {
	const staffIds = [...new Set(pages.map(({ staffId }) => staffId))];
	const [shifts, duty, busy] = await Promise.all([
		shiftsNow(hub, toCounterId),
		dutyAt(hub, toCounterId, hub.now()),
		engagementModel(hub.connection)
			.find({ _id: trusted({ $in: staffIds }) }, { _id: 1 })
			.lean(),
	]);
	const onShift = new Set(shifts.flatMap((shift) => (shift.state === 'open' ? shift.staffId : [])));
	const free = staffIds.filter((id) => onShift.has(id) && !busy.some(({ _id }) => _id === id));
	const first = free.filter((id) => !duty.b.includes(id) || duty.a.includes(id));
	const hasWaited = hub.now() - Date.parse(requestedAt) >= hub.config.ringSeconds * 1000 * BEFORE_POST_B;
	return first.length === 0 || hasWaited ? free : first;
}

/** For this share of its ringing a call rings at post A alone. */
const BEFORE_POST_B = 1 / 3;

/** Rings also for those who become free, or come, while it rings, and where telling has failed. */
export async function ringOn(hub: HubContext, ringing: readonly SessionDocument[]): Promise<void> {
	const ids = new Set(ringing.map(({ _id }) => _id));
	for (const id of rung(hub).keys()) {
		if (ids.has(id)) missed(hub).delete(id);
		else if (!missed(hub).delete(id)) missed(hub).add(id);
		else rung(hub).delete(id);
	}
	for (const session of ringing) {
		try {
			await ring(hub, session, await showSession(hub, session, await getCaseRef(hub, session.caseId)));
		} catch (error) {
			// While its media node is away there is no admission to give; it is tried again in a second.
			hub.logger.debug({ err: error, sessionId: session._id }, 'a call cannot ring on now');
		}
	}
}
