import type { SessionCommand } from '@counter-hub/shared/sessions/sessionMachine.ts';
import type { HubContext } from '../../HubContext.ts';
import { nodeLinks } from '../media-nodes/NodeLinks.ts';
import { nodeForRoom } from '../media-nodes/nodesInReach.ts';
import { nodeRegistry } from '../media-nodes/NodeRegistry.ts';
import { runSessionCommand } from './runSessionCommand.ts';
import type { SessionDocument } from './Session.model.ts';

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
		const { nodeId } = session;
		if (nodeId === null || !mayMove(session, now)) continue;
		// A node with a link to this hub is there, as far as the hub can tell.
		if (nodeRegistry(hub).find(nodeId, now)) continue;
		try {
			const isGone = gone.get(nodeId) ?? (await nodeLinks(hub).isGone(nodeId));
			gone.set(nodeId, isGone);
			if (isGone) await moveHome(hub, session);
		} catch (error) {
			const { _id: sessionId } = session;
			hub.logger.warn({ err: error, sessionId }, 'a room could not be given another home; tried again');
		}
	}
}

/** As the machine decides it; asked here so that next to nothing is asked of the database. */
const mayMove = ({ state, moveAt }: SessionDocument, now: number): boolean =>
	state === 'ringing' || (state === 'active' && moveAt !== null && Date.parse(moveAt) <= now);

async function moveHome(
	hub: HubContext,
	{ _id: sessionId, caseId, version, nodeId: from, caller, toCity }: SessionDocument,
): Promise<void> {
	const home = await nodeForRoom(hub, [caller.cityCode, toCity]);
	// Without another one it waits for its own.
	if (!home || home.nodeId === from) return;
	const { nodeId } = home;
	const command: SessionCommand = { type: 'move', nodeId };
	const { hasEvents } = await runSessionCommand(hub, {
		caseId,
		sessionId,
		commandId: `moved:${nodeId}:${sessionId}:${version}`,
		asked: command,
		actor: { kind: 'system', by: 'deadline' },
		commands: [command],
		ifVersion: version,
	});
	if (hasEvents) hub.logger.warn({ sessionId, from, nodeId }, 'a room has moved: its node is gone for good');
}
