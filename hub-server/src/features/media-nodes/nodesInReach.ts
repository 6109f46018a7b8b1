import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { HubContext } from '../../HubContext.ts';
import { nodeLinks, type LinkedNode } from './NodeLinks.ts';
import { nodeOrigins } from './nodeOrigins.ts';
import { nodeRegistry, type MediaNode } from './NodeRegistry.ts';

/*
 * A node is there for the pages of every hub as long as one hub has a link to it (N-10). Only a hub without a link of
 * its own asks the database.
 */

/** A node as pages and other nodes need it. */
export type NodeInReach = Pick<LinkedNode, 'nodeId' | 'signalUrl' | 'spanUrl' | 'city'>;
type Candidate = NodeInReach & Pick<LinkedNode, 'people'>;

/** The node, if any hub reaches it. */
export async function nodeInReach(hub: HubContext, nodeId: string | null): Promise<NodeInReach | undefined> {
	if (nodeId === null) return undefined;
	const own = nodeRegistry(hub).find(nodeId, hub.now());
	return own ?? (await ofOtherHubs(hub)).find((node) => node.nodeId === nodeId);
}

/** The node for a room: one of the first of these cities that has any, or else of another; with the fewest participants. */
export async function nodeForRoom(
	hub: HubContext,
	cities: readonly CityCode[],
): Promise<NodeInReach | undefined> {
	const nodes = await candidates(hub);
	const own = cities.map((city) => ofCity(nodes, city)).find(({ length }) => length > 0);
	return emptiest(own ?? nodes);
}

/** By which node pages of a city come in: one of its own; undefined where it has none, or none is there. */
export async function nodeOfCity(hub: HubContext, city: CityCode): Promise<NodeInReach | undefined> {
	return emptiest(ofCity(await candidates(hub), city));
}

/** Those that this hub reaches, else those that the others reach. */
async function candidates(hub: HubContext): Promise<Candidate[]> {
	const own = ofThisHub(hub);
	return own.length > 0 ? own : await ofOtherHubs(hub);
}

const ofThisHub = (hub: HubContext): Candidate[] => nodeRegistry(hub).alive(hub.now()).map(asCandidate);
const asCandidate = ({ nodeId, signalUrl, spanUrl, city, account: { people } }: MediaNode): Candidate => ({
	nodeId,
	signalUrl,
	spanUrl,
	city,
	people,
});

/** What this hub did not know before, its pages are told: they must be allowed to connect there. */
async function ofOtherHubs(hub: HubContext): Promise<LinkedNode[]> {
	const nodes = await nodeLinks(hub).all();
	for (const { nodeId, signalUrl } of nodes) nodeOrigins(hub).learn(nodeId, signalUrl);
	return nodes;
}

const ofCity = (nodes: Candidate[], city: CityCode): Candidate[] =>
	nodes.filter((node) => node.city === city);

const emptiest = (nodes: Candidate[]): Candidate | undefined =>
	nodes.toSorted((a, b) => a.people - b.people || a.nodeId.localeCompare(b.nodeId))[0];
