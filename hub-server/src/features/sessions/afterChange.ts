import type { HubContext } from '../../HubContext.ts';
import { hubSockets, roomOf } from '../../hubSockets.ts';
import type { CaseRef } from '../cases/caseRef.ts';
import { release, settleInCall } from '../presence/engagements.ts';
import { livePresences, presenceBoard } from '../presence/PresenceBoard.ts';
import { staffNames } from '../people/StaffNames.ts';
import { closeRoom, removeFrom, sendGrant } from '../rooms/roomCommands.ts';
import { callRules, roomOfCall } from './callRules.ts';
import { ring } from './ringing.ts';
import type { SessionRecord } from './sessionProjections.ts';
import { showSession } from './sessionViews.ts';

/**
 * Tells everybody concerned what became of a session: pages of both counters, the people it rings for, the media
 * node. Runs beside the acknowledgement. All of it can be lost without harm: pages ask again when they connect, the
 * node's rooms are reconciled, and deadlines are stored.
 */
export function afterChange(hub: HubContext, session: SessionRecord, ref: CaseRef): void {
	Promise.all([tellPages(hub, session, ref), tellNode(hub, session), settlePresence(hub, session)]).catch(
		(error: unknown) => {
			hub.logger.warn({ err: error, sessionId: session.id }, 'not everybody was told of a session');
		},
	);
}

async function tellPages(hub: HubContext, session: SessionRecord, ref: CaseRef): Promise<void> {
	const view = await showSession(hub, session, ref);
	hubSockets(hub)
		.namespace.to([
			roomOf.counter(ref.originCounterId),
			roomOf.counter(ref.permitCounterId),
			roomOf.case(ref.caseId),
		])
		.emit('session:changed', { session: view });
	if (session.state === 'ringing') await ring(hub, session, view);
}

/** An answer makes the callee a member at once, without waiting for the page, and empties the lobby. */
async function tellNode(hub: HubContext, session: SessionRecord): Promise<void> {
	if (session.state === 'ended') {
		await closeRoom(hub, roomOfCall(session), session.outcome ?? 'ended');
	} else if (session.state === 'active' && session.callee && !wasThere(session, session.callee)) {
		const { staffId } = session.callee;
		const names = await staffNames(hub).of([staffId]);
		const callee = { staffId, displayName: names.get(staffId) ?? '' };
		// Side by side: the callee's picture waits for the grant.
		await Promise.all([sendGrant(hub, callRules, session, callee), emptyLobby(hub, session, staffId)]);
	}
}

async function emptyLobby(hub: HubContext, session: SessionRecord, calleeId: string): Promise<void> {
	const present = await livePresences(hub, session.toCounterId);
	const others = new Set(present.map(({ staffId }) => staffId));
	others.delete(calleeId);
	await removeFrom(hub, roomOfCall(session), others, 'answered');
}

/** Whether the party has been in the room; the caller may be there long before the answer. */
const wasThere = ({ present, leftAt }: SessionRecord, { participantId }: SessionRecord['caller']) =>
	participantId in present || participantId in leftAt;

async function settlePresence(hub: HubContext, session: SessionRecord): Promise<void> {
	if (session.state === 'ended') await release(hub, session.id);
	else if (session.state === 'active') await settleInCall(hub, session.id);
	else presenceBoard(hub).touch();
}
