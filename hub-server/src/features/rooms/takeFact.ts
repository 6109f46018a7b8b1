import { factNumber, type MediaFact, type NodeFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import type { HubContext } from '../../HubContext.ts';
import type { MediaNode } from '../media-nodes/NodeRegistry.ts';
import { tellMoved } from './leftovers.ts';
import { roomKinds, type Happening, type KnownRoom } from './RoomKind.ts';

/**
 * Puts a fact of a media node on record, by the kind of its room, with the fact's id, so that the timeline's index
 * removes doubles. Facts of rooms that nobody knows, that are over, or that stand elsewhere, are acknowledged and change
 * nothing.
 */
export async function takeFact(
	hub: HubContext,
	node: MediaNode,
	{ id, roomId, at, nodeAt, fact }: NodeFact,
): Promise<void> {
	const happening = happeningOf(fact);
	if (!happening) return;
	const room = await roomKinds(hub).find(roomId);
	if (!room) return;
	if (room.nodeId !== node.nodeId) {
		await tellMoved(hub, node, room);
		return;
	}
	const seen = { nodeId: node.nodeId, at, nodeAt, place: { epoch: node.epoch, n: factNumber(id) } };
	await room.record(happening, { commandId: id, seen });
	// A node that died says nothing about the end of the gap: it is over when everybody is back in the room.
	if (fact.type !== 'participant-joined' || !room.mediaLost) return;
	const after = await roomKinds(hub).find(roomId);
	// An id of its own: what begins like the fact's would be taken for a part of the fact's command.
	if (after && isMediaBack(after, node))
		await after.record({ type: 'mediaRestored' }, { commandId: `restored:${id}`, seen });
}

/** Media are called lost, and everybody who should be in the room is in it, on a worker that lives. */
export function isMediaBack({ roomId, mediaLost, present }: KnownRoom, { account }: MediaNode): boolean {
	if (!mediaLost || account.isRebuilding(roomId)) return false;
	return present.length > 0 && present.every((participantId) => account.isIn(roomId, participantId));
}

function happeningOf(fact: MediaFact): Happening | undefined {
	switch (fact.type) {
		case 'participant-joined':
			return { type: 'participantJoined', participantId: fact.participantId };
		case 'participant-left': {
			// The other page of the same person is there: nobody left.
			if (fact.reason === 'superseded') return undefined;
			const { participantId, reason } = fact;
			return { type: 'participantLeft', participantId, reason };
		}
		case 'media-lost':
			return { type: 'mediaLost', reason: fact.reason };
		case 'media-restored':
			return { type: 'mediaRestored' };
		case 'room-closed':
			return undefined;
	}
}
