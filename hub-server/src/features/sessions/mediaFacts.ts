import type { MediaFact, NodeFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import type { FactTimes, SessionCommand } from '@counter-hub/shared/sessions/SessionState.ts';
import type { HubContext } from '../../HubContext.ts';
import { getCaseRef } from '../cases/caseRef.ts';
import type { MediaNode } from '../media-nodes/NodeRegistry.ts';
import { afterChange } from './afterChange.ts';
import { findSession, runSessionCommand } from './runSessionCommand.ts';
import type { SessionRecord } from './sessionProjections.ts';

/**
 * Facts of media nodes become commands with the fact's id, so that the timeline's index removes doubles. Facts of
 * rooms that are no sessions, or of sessions that are over, are acknowledged and change nothing.
 */
export async function takeFact(
	hub: HubContext,
	node: MediaNode,
	{ id, roomId, at, nodeAt, fact }: NodeFact,
): Promise<void> {
	const when = { at, nodeAt };
	const command = commandOf(fact, when);
	if (command) await report(hub, roomId, id, command);
	// A node that died says nothing about the end of the gap: it is over when everybody is back in the room.
	if (fact.type !== 'participant-joined') return;
	const session = await findSession(hub, roomId);
	// An id of its own: what begins like the fact's would be taken for a part of the fact's command.
	if (session && isMediaBack(session, node))
		await report(hub, roomId, `restored:${id}`, { type: 'mediaRestored', when });
}

/** Media are called lost, and everybody who should be in the room is in it, on a worker that lives. */
export function isMediaBack(
	{ id, mediaLostAt, present }: Pick<SessionRecord, 'id' | 'mediaLostAt' | 'present'>,
	{ rooms, rebuilding }: MediaNode,
): boolean {
	const room = rooms.get(id);
	if (mediaLostAt === null || !room || rebuilding.has(id)) return false;
	const people = Object.keys(present);
	return people.length > 0 && people.every((participantId) => room.has(participantId));
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
	const { session, hasEvents } = await runSessionCommand(hub, {
		caseId: known.caseId,
		sessionId,
		commandId,
		asked: command,
		actor: { kind: 'system', by: 'mediaNode' },
		commands: [command],
	});
	if (hasEvents) afterChange(hub, session, await getCaseRef(hub, known.caseId));
}

function commandOf(fact: MediaFact, when: FactTimes): SessionCommand | undefined {
	switch (fact.type) {
		case 'participant-joined':
			return { type: 'participantJoined', participantId: fact.participantId, when };
		case 'participant-left': {
			// The other page of the same person is there: nobody left.
			if (fact.reason === 'superseded') return undefined;
			const { participantId, reason } = fact;
			return { type: 'participantLeft', participantId, reason, when };
		}
		case 'media-lost':
			return { type: 'mediaLost', reason: fact.reason, when };
		case 'media-restored':
			return { type: 'mediaRestored', when };
		case 'room-closed':
			return undefined;
	}
}
