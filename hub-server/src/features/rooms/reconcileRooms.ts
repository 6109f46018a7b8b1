import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { nodeLinks } from '../media-nodes/NodeLinks.ts';
import { nodeRegistry, type MediaNode } from '../media-nodes/NodeRegistry.ts';
import { timeline } from '../timeline/timeline.ts';
import { eachRoom } from './eachRoom.ts';
import { Gaps } from './Gaps.ts';
import { inTurn } from './inTurn.ts';
import { closeLeftovers } from './leftovers.ts';
import { nodeBack } from './nodeLoss.ts';
import { roomKinds, type KnownRoom } from './RoomKind.ts';
import { isMediaBack } from './takeFact.ts';

const RECONCILE_MS = 5_000;
/** Somebody, or a node, who is not where the record says for this long is gone: rebuilding and returning take less. */
const GONE_MS = 15_000;

const gaps = perHub(() => new Gaps(3 * RECONCILE_MS));

/** A node that was away only for the hubs, and still holds its rooms, says nothing more about them. */
export function nodeGreeted(hub: HubContext, node: MediaNode): Promise<void> {
	return inTurn(hub, node.nodeId, async () => {
		await nodeBack(hub, node);
		await timeline(hub).flushProjections();
		const live = await roomKinds(hub).live();
		const own = live.filter(({ nodeId }) => nodeId === node.nodeId);
		await eachRoom(hub, own, (room) => followRoom(hub, node, room));
		await closeLeftovers(hub, node, live);
	});
}

/**
 * Compares who is in the rooms with what is on record, both ways: a node that was killed never told who left, and a
 * command to a node may be lost. What this hub was told is only a hint: before it says anything it asks the node, and it
 * says it of the version of the record that it had read before, so that whatever happened meanwhile, here or at another
 * hub, outweighs it (S-8).
 */
export function reconcileRooms(hub: HubContext): void {
	hub.sweeper.every(RECONCILE_MS, 'rooms of media nodes', async () => {
		const looked = gaps(hub).look(performance.now());
		const live = await roomKinds(hub).live();
		await eachRoom(hub, live, async (room) => {
			const node = nodeRegistry(hub).find(room.nodeId, hub.now());
			if (!node) return noteAwayNode(hub, room);
			await followRoom(hub, node, room);
			await noteAbsentees(hub, node, room);
		});
		looked.end();
		const nodes = nodeRegistry(hub).alive(hub.now());
		await Promise.all(
			nodes.map((node) =>
				closeLeftovers(hub, node, live).catch((error: unknown) => {
					const { nodeId } = node;
					hub.logger.warn({ err: error, nodeId }, 'rooms that are over are still open; tried again');
				}),
			),
		);
	});
}

/** Who is in the room is on record; media that are back are no longer called lost. */
async function followRoom(hub: HubContext, node: MediaNode, room: KnownRoom): Promise<void> {
	const { roomId, version, parties, present, record } = room;
	const isUnknown = ({ participantId }: { participantId: string }) =>
		!present.includes(participantId) && node.account.isIn(roomId, participantId);
	const [unknown] = parties.filter(isUnknown);
	if (!unknown && !isMediaBack(room, node)) return;
	const { participants, rebuilding } = await node.send('room:look', { roomId });
	const idOf = (finding: string) => `${finding}:${node.epoch}:${roomId}:${version}`;
	if (unknown) {
		const { participantId } = unknown;
		if (!participants.includes(participantId)) return;
		const source = { commandId: idOf(`found:${participantId}`), version };
		await record({ type: 'participantJoined', participantId }, source);
		// One finding of a version; the others by the next one.
		const next = await roomKinds(hub).find(roomId);
		if (next && next.version !== version) await followRoom(hub, node, next);
	} else if (!rebuilding && present.every((participantId) => participants.includes(participantId))) {
		await record({ type: 'mediaRestored' }, { commandId: idOf('healed'), version });
	}
}

async function noteAbsentees(hub: HubContext, node: MediaNode, room: KnownRoom): Promise<void> {
	const { roomId, version, present, record } = room;
	const missing = present.filter(
		(participantId) =>
			!node.account.isIn(roomId, participantId) && gaps(hub).since(`${roomId}/${participantId}`) >= GONE_MS,
	);
	const [participantId] = missing;
	if (participantId === undefined) return;
	const { participants } = await node.send('room:look', { roomId });
	if (participants.includes(participantId)) return;
	const commandId = `gone:${participantId}:${node.epoch}:${roomId}:${version}`;
	await record({ type: 'participantLeft', participantId, reason: 'connection-lost' }, { commandId, version });
}

/** A node that no hub has heard of since its start may be dead: nobody noted its loss. */
async function noteAwayNode(
	hub: HubContext,
	{ roomId, nodeId, version, mediaLost, record }: KnownRoom,
): Promise<void> {
	if (nodeId === null || mediaLost || gaps(hub).since(roomId) < GONE_MS) return;
	if (!(await nodeLinks(hub).isGone(nodeId))) return;
	const commandId = `away:${nodeId}:${roomId}:${version}`;
	await record({ type: 'mediaLost', reason: 'node-lost' }, { commandId, version });
}
