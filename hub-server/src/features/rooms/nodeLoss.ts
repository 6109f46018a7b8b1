import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { LINKS_RENEW_MS, nodeLinks } from '../media-nodes/NodeLinks.ts';
import { nodeRegistry, type MediaNode } from '../media-nodes/NodeRegistry.ts';
import { timeline } from '../timeline/timeline.ts';
import { eachRoom } from './eachRoom.ts';
import { inTurn } from './inTurn.ts';
import { roomKinds } from './RoomKind.ts';

type Run = Pick<MediaNode, 'nodeId' | 'epoch'>;

/** Runs of nodes that this hub has lost, and of which it does not know yet whether they are lost for all. */
const missed = perHub(() => new Map<string, Run>());

/**
 * A node is lost when no living hub has a link to it (N-9): whichever hub finds that first says so on the timelines of
 * the calls there. One that misses the node alone says nothing, and looks again each second.
 */
export function watchLoss(hub: HubContext): void {
	hub.sweeper.every(LINKS_RENEW_MS, 'links of media nodes', async () => {
		if (missed(hub).size > 0 || nodeRegistry(hub).size > 0) await nodeLinks(hub).renew();
	});
	// Beside the lease of the links, which must not run out while the loss of many calls is put on record.
	hub.sweeper.every(LINKS_RENEW_MS, 'lost media nodes', async () => {
		for (const run of missed(hub).values()) await noteLoss(hub, run);
	});
}

/** This hub's link to the node is broken. */
export function nodeMissed(hub: HubContext, { nodeId, epoch }: MediaNode): Promise<void> {
	const run = { nodeId, epoch };
	missed(hub).set(nodeId, run);
	return inTurn(hub, nodeId, async () => {
		await nodeLinks(hub).remove(run);
		await noteLoss(hub, run);
	});
}

/** The node has greeted this hub. A run of before is gone for good. */
export async function nodeBack(hub: HubContext, node: MediaNode): Promise<void> {
	if (missed(hub).get(node.nodeId)?.epoch === node.epoch) missed(hub).delete(node.nodeId);
	await nodeLinks(hub).add(node);
}

async function noteLoss(hub: HubContext, run: Run): Promise<void> {
	const { nodeId, epoch } = run;
	if (missed(hub).get(nodeId) !== run) return;
	// The documents follow the timeline; a call that was answered a moment ago counts too.
	await timeline(hub).flushProjections();
	const rooms = await roomKinds(hub).live(nodeId);
	// Asked after the reading: what is said of these versions was so.
	if (rooms.length > 0 && !(await nodeLinks(hub).isGone(nodeId, epoch))) return;
	await eachRoom(hub, rooms, async ({ roomId, version, record }) => {
		if (nodeRegistry(hub).find(nodeId, hub.now())?.epoch === epoch) return;
		const commandId = `node-lost:${nodeId}:${epoch}:${roomId}:${version}`;
		await record({ type: 'mediaLost', reason: 'node-lost', epoch }, { commandId, version });
	});
	if (missed(hub).get(nodeId) === run) missed(hub).delete(nodeId);
}
