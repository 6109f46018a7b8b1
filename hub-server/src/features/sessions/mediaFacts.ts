import type { MediaFact, NodeFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import type { SessionCommand } from '@counter-hub/shared/sessions/SessionState.ts';
import type { HubContext } from '../../HubContext.ts';
import { getCaseRef } from '../cases/caseRef.ts';
import type { MediaNode } from '../media-nodes/NodeRegistry.ts';
import { afterChange } from './afterChange.ts';
import { findSession, runSessionCommand } from './runSessionCommand.ts';

/**
 * Facts of media nodes become commands with the fact's id, so that the timeline's index removes doubles. Facts of
 * rooms that are no sessions, or of sessions that are over, are acknowledged and change nothing.
 */
export async function takeFact(
	hub: HubContext,
	node: MediaNode,
	{ id, roomId, fact }: NodeFact,
): Promise<void> {
	const command = commandOf(fact);
	if (command) await report(hub, roomId, id, command);
	if (fact.type === 'participant-joined') await noteReturn(hub, node, roomId, id);
}

/** A node that died says nothing about the end of the gap: it is over when everybody is back in the room. */
async function noteReturn(hub: HubContext, node: MediaNode, roomId: string, factId: string): Promise<void> {
	const session = await findSession(hub, roomId);
	if (!session || session.mediaLostAt === null) return;
	const room = node.rooms.get(roomId);
	if (Object.keys(session.present).some((participantId) => !room?.has(participantId))) return;
	// An id of its own: what begins like the fact's would be taken for a part of the fact's command.
	await report(hub, roomId, `restored:${factId}`, { type: 'mediaRestored' });
}

/** Carries out what a node or its silence tells about a session. */
export async function report(
	hub: HubContext,
	sessionId: string,
	commandId: string,
	command: SessionCommand,
): Promise<void> {
	const known = await findSession(hub, sessionId);
	if (!known || known.state === 'ended') return;
	const { session, changed } = await runSessionCommand(hub, {
		caseId: known.caseId,
		sessionId,
		commandId,
		asked: command,
		actor: { kind: 'system', by: 'mediaNode' },
		commands: [command],
	});
	if (changed) afterChange(hub, session, await getCaseRef(hub, known.caseId));
}

function commandOf(fact: MediaFact): SessionCommand | undefined {
	switch (fact.type) {
		case 'participant-joined':
			return { type: 'participantJoined', participantId: fact.participantId };
		case 'participant-left':
			// The other page of the same person is there: nobody left.
			return fact.reason === 'superseded'
				? undefined
				: { type: 'participantLeft', participantId: fact.participantId, reason: fact.reason };
		case 'media-lost':
			return { type: 'mediaLost', reason: fact.reason };
		case 'media-restored':
			return { type: 'mediaRestored' };
		case 'room-closed':
			return undefined;
	}
}
