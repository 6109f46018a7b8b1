import { setTimeout as pause } from 'node:timers/promises';
import { mayMove, type SessionCommand } from '@counter-hub/shared/sessions/sessionMachine.ts';
import type { HubContext } from '../../HubContext.ts';
import { nodeLinks } from '../media-nodes/NodeLinks.ts';
import { nodeForRoom, nodeInReach } from '../media-nodes/nodesInReach.ts';
import { nodeRegistry } from '../media-nodes/NodeRegistry.ts';
import { findSession, runSessionCommand } from './runSessionCommand.ts';
import type { SessionDocument } from './Session.model.ts';
import type { SessionRecord } from './sessionProjections.ts';

/** That a node is gone is put on record a moment after its pages find it; they are kept waiting as long as that may take. */
const LOOKS = 10;
const LOOK_MS = 100;

/**
 * A room whose node is gone for good gets another home (B-10): of the caller's city, else of the other one, else a
 * neighbour's. A call waits until its stored deadline; one that rings has no picture to lose and moves at once. It is
 * decided at the version that was looked at, so that several hubs move it once; pages learn it from the session.
 * @param sessions that ring, or that are in a room
 */
export async function moveHomes(hub: HubContext, sessions: readonly SessionDocument[]): Promise<void> {
	const now = hub.now();
	const gone = new Map<string, boolean>();
	for (const session of sessions) {
		const { _id: sessionId, nodeId } = session;
		if (nodeId === null || !mayMove(session, false, { now })) continue;
		// A node with a link to this hub is there, as far as the hub can tell.
		if (nodeRegistry(hub).find(nodeId, now)) continue;
		try {
			const isGone = gone.get(nodeId) ?? (await nodeLinks(hub).isGone(nodeId));
			gone.set(nodeId, isGone);
			if (isGone) await moveHome(hub, sessionId, session, false);
		} catch (error) {
			hub.logger.warn({ err: error, sessionId }, 'a room could not be given another home; tried again');
		}
	}
}

/**
 * A page of the call asks for a way in while the room's node is away for all hubs: neither reaches it, so nobody waits for
 * it longer than a moment (B-10).
 * @returns the session, in another home where there is one
 */
export async function missedHome(
	hub: HubContext,
	found: SessionRecord,
	sessionId: string,
): Promise<SessionRecord> {
	let session = found;
	for (let looks = 0; looks < LOOKS; looks++) {
		const { nodeId, state } = session;
		if (nodeId === null || state !== 'active' || (await nodeInReach(hub, nodeId))) return session;
		const other = await nodeForRoom(hub, [session.caller.cityCode, session.toCity]);
		// Without another one it waits for its own, and this page with it.
		if (!other || other.nodeId === nodeId) return session;
		const isDue = mayMove(session, true, { now: hub.now() });
		if (isDue && (await nodeLinks(hub).isGone(nodeId))) await moveHome(hub, sessionId, session, true);
		else await pause(LOOK_MS);
		session = (await findSession(hub, sessionId)) ?? session;
	}
	return session;
}

async function moveHome(
	hub: HubContext,
	sessionId: string,
	{ caseId, version, nodeId: from, caller, toCity }: SessionRecord,
	missed: boolean,
): Promise<void> {
	const home = await nodeForRoom(hub, [caller.cityCode, toCity]);
	// Without another one it waits for its own.
	if (!home || home.nodeId === from) return;
	const { nodeId } = home;
	const command: SessionCommand = { type: 'move', nodeId, missed };
	const { hasEvents } = await runSessionCommand(hub, {
		caseId,
		sessionId,
		commandId: `moved:${nodeId}:${sessionId}:${version}`,
		asked: { type: 'move', nodeId },
		actor: { kind: 'system', by: 'deadline' },
		commands: [command],
		ifVersion: version,
	});
	if (hasEvents) hub.logger.warn({ sessionId, from, nodeId }, 'a room has moved: its node is gone');
}
