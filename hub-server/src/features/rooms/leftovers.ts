import type { HubContext } from '../../HubContext.ts';
import type { MediaNode } from '../media-nodes/NodeRegistry.ts';
import { roomKinds, type RoomRecord } from './RoomKind.ts';

/**
 * Tells a node what it still holds and should not: rooms that are over, for the order to close one may have been lost and
 * those who sit in it would go on seeing each other; and rooms that were given another home while it was away.
 * @param live rooms that go on
 */
export async function closeLeftovers(
	hub: HubContext,
	node: MediaNode,
	live: readonly RoomRecord[],
): Promise<void> {
	const { account, nodeId } = node;
	for (const { roomId, reason } of await roomKinds(hub).over(account.roomIds))
		await node.send('room:close', { roomId, reason });
	const held = new Set(account.roomIds);
	for (const room of live)
		if (room.nodeId !== nodeId && held.has(room.roomId)) await tellMoved(hub, node, room);
}

/** The room is not the node's any more (B-10): who sits in it comes in at its home. A repeat changes nothing. */
export async function tellMoved(
	hub: HubContext,
	{ nodeId, send }: MediaNode,
	{ roomId, rightsVersion: version }: RoomRecord,
): Promise<void> {
	try {
		await send('room:moved', { roomId, version });
	} catch (error) {
		hub.logger.warn({ err: error, nodeId, roomId }, 'a node still holds a room that has moved; tried again');
	}
}
