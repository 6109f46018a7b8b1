import type { HubContext } from '../../HubContext.ts';
import { nodeLinks, type LinkedNode } from './NodeLinks.ts';
import { nodeOrigins } from './nodeOrigins.ts';
import { nodeRegistry } from './NodeRegistry.ts';

/*
 * A node is there for the pages of every hub as long as one hub has a link to it (N-10). Only a hub without a link of
 * its own asks the database.
 */

/** A node as pages need it. */
export type NodeInReach = Pick<LinkedNode, 'nodeId' | 'signalUrl'>;

/** The node, if any hub reaches it. */
export async function nodeInReach(hub: HubContext, nodeId: string | null): Promise<NodeInReach | undefined> {
	if (nodeId === null) return undefined;
	const own = nodeRegistry(hub).find(nodeId, hub.now());
	return own ?? (await ofOtherHubs(hub)).find((node) => node.nodeId === nodeId);
}

/** The node for a new room: of those that this hub reaches, else of all, the one with the fewest participants. */
export async function nodeForRoom(hub: HubContext): Promise<NodeInReach | undefined> {
	return nodeRegistry(hub).place(hub.now()) ?? emptiest(await ofOtherHubs(hub))[0];
}

/** What this hub did not know before, its pages are told: they must be allowed to connect there. */
async function ofOtherHubs(hub: HubContext): Promise<LinkedNode[]> {
	const nodes = await nodeLinks(hub).all();
	for (const { nodeId, signalUrl } of nodes) nodeOrigins(hub).learn(nodeId, signalUrl);
	return nodes;
}

const emptiest = (nodes: LinkedNode[]): LinkedNode[] =>
	nodes.sort((a, b) => a.people - b.people || a.nodeId.localeCompare(b.nodeId));
