import type { Feature } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { nodeOriginModel, nodeOrigins } from './nodeOrigins.ts';
import { nodeLinks, nodeLinksModel } from './NodeLinks.ts';
import { nodeRegistry } from './NodeRegistry.ts';
import { serveNodes, type NodeListeners } from './nodeSockets.ts';

/** Features that own rooms listen here for what happens in them. */
export const nodeListeners = perHub(() => new Set<NodeListeners>());

/** The media nodes: registration, placement and facts (architecture: a call outlives its sockets). */
export const mediaNodes: Feature = {
	name: 'media-nodes',
	register(hub) {
		nodeOriginModel(hub.connection);
		nodeLinksModel(hub.connection);
		hub.shutdown.add('work', 'links of media nodes', () => nodeLinks(hub).close());
		const registry = nodeRegistry(hub);
		const listeners = nodeListeners(hub);
		serveNodes(hub, registry, {
			async onFact(node, fact) {
				await Promise.all([...listeners].map((listener) => listener.onFact(node, fact)));
			},
			onHello(node) {
				nodeOrigins(hub).note(node.nodeId, node.signalUrl);
				for (const listener of listeners) listener.onHello(node);
			},
			onLost(node) {
				for (const listener of listeners) listener.onLost(node);
			},
		});
		hub.connectOrigins.push(() => nodeOrigins(hub).sources());
		hub.metrics.gauge('hub_media_nodes', 'Media nodes that are connected', () => registry.size);
	},
	start: (hub) => nodeOrigins(hub).load(),
};
