import type { HubContext } from '../../HubContext.ts';
import { release, settleInCall } from '../presence/engagements.ts';
import { livePresences } from '../presence/PresenceBoard.ts';
import { closeRoom, removeFrom, sendGrant } from '../rooms/roomCommands.ts';
import type { Person } from '../rooms/RoomKind.ts';
import { callRules, roomOfCall } from './callRules.ts';
import type { SessionRecord } from './sessionProjections.ts';

/*
 * What follows from a change of a session, at the hub that carried it out; pages are told by `tellSessions`. It runs
 * beside the acknowledgement and may be lost without harm: rooms are compared, and engagements swept.
 */

/** The end of a session closes its room, and whoever was busy with it is free. */
export function afterChange(hub: HubContext, session: SessionRecord): void {
	const { id, state, outcome } = session;
	if (state === 'ended')
		inBackground(hub, session, [closeRoom(hub, roomOfCall(session), outcome ?? 'ended'), release(hub, id)]);
	else if (state === 'active') inBackground(hub, session, [settleInCall(hub, id)]);
}

/** First of all the callee becomes a member, without waiting for the page: the picture does. Then the lobby is emptied. */
export function letIn(hub: HubContext, session: SessionRecord, callee: Person): void {
	if (session.state !== 'active') return;
	inBackground(hub, session, [
		sendGrant(hub, callRules, session, callee),
		emptyLobby(hub, session, callee.staffId),
	]);
}

async function emptyLobby(hub: HubContext, session: SessionRecord, calleeId: string): Promise<void> {
	const present = await livePresences(hub, session.toCounterId);
	const others = new Set(present.map(({ staffId }) => staffId));
	others.delete(calleeId);
	await removeFrom(hub, roomOfCall(session), others, 'answered');
}

function inBackground(hub: HubContext, { id: sessionId }: SessionRecord, work: Promise<void>[]): void {
	Promise.all(work).catch((error: unknown) => {
		hub.logger.warn(
			{ err: error, sessionId },
			'what follows from a change of a session is left to the sweeps',
		);
	});
}
