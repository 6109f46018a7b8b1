import type { Feature } from '../../HubContext.ts';
import { nodeListeners } from '../media-nodes/mediaNodesFeature.ts';
import { nodeMissed, watchLoss } from './nodeLoss.ts';
import { nodeGreeted, reconcileRooms } from './reconcileRooms.ts';
import { followOrders } from './roomOrders.ts';
import { takeFact } from './takeFact.ts';

/** Rooms at the media nodes: placement, admission, rights, and what happens in them, by their kinds. */
export const rooms: Feature = {
	name: 'rooms',
	register(hub) {
		watchLoss(hub);
		reconcileRooms(hub);
		followOrders(hub);
		const logged = (nodeId: string, message: string) => (error: unknown) => {
			hub.logger.warn({ err: error, nodeId }, message);
		};
		nodeListeners(hub).add({
			onFact: (node, fact) => takeFact(hub, node, fact),
			onHello: (node) => {
				nodeGreeted(hub, node).catch(logged(node.nodeId, 'rooms could not be compared at a greeting'));
			},
			onLost: (node) => {
				// It is this hub that goes away; the node and its media stay.
				if (hub.shutdown.isStopping) return;
				nodeMissed(hub, node).catch(logged(node.nodeId, 'the loss of a node is not on record yet'));
			},
		});
	},
};
