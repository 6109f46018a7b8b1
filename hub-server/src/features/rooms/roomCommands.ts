import type { HubContext } from '../../HubContext.ts';
import { participantIdOf } from '../media-nodes/MediaGrants.ts';
import { nodeRegistry } from '../media-nodes/NodeRegistry.ts';
import { signGrant } from './admission.ts';
import type { Person, RoomRecord, RoomRules } from './RoomKind.ts';
import { orderAt } from './roomOrders.ts';

/*
 * What a hub tells a node about a room. All of it may be lost without harm: pages bring their grants themselves, and
 * rooms that are over are closed by the next comparison.
 */

type Placed = Pick<RoomRecord, 'roomId' | 'nodeId' | 'rightsVersion'>;

/** Rights that have changed are in force at once, without waiting for the page; where this hub has no link, with it. */
export async function sendGrant<R>(
	hub: HubContext,
	rules: RoomRules<R>,
	record: R,
	person: Person,
): Promise<void> {
	const node = nodeRegistry(hub).find(rules.describe(record).nodeId, hub.now());
	if (node) await node.send('room:grant', { token: signGrant(hub, rules, { record, person }).token });
}

/** Puts people out; grants up to the room's version of rights admit them no more. */
export async function removeFrom(
	hub: HubContext,
	{ roomId, nodeId, rightsVersion: version }: Placed,
	staffIds: Iterable<string>,
	reason: string,
): Promise<void> {
	await Promise.all(
		[...staffIds].map((staffId) => {
			const participantId = participantIdOf(roomId, staffId);
			return orderAt(hub, nodeId, {
				name: 'room:remove',
				payload: { roomId, participantId, reason, version },
			});
		}),
	);
}

export const closeRoom = (hub: HubContext, { roomId, nodeId }: Placed, reason: string): Promise<void> =>
	orderAt(hub, nodeId, { name: 'room:close', payload: { roomId, reason } });

/** Whether the person is in the room, by what the node has told this hub. */
export function isInRoom(hub: HubContext, { roomId, nodeId }: Placed, staffId: string): boolean {
	const node = nodeRegistry(hub).find(nodeId, hub.now());
	return node?.account.isIn(roomId, participantIdOf(roomId, staffId)) ?? false;
}
