import type { Feature } from '../../HubContext.ts';
import { nodeListeners } from '../media-nodes/mediaNodesFeature.ts';
import { timeline } from '../timeline/timeline.ts';
import { sessionModel } from './Session.model.ts';
import { sweepDeadlines } from './deadlines.ts';
import { cutMedia } from './cutMedia.ts';
import { releaseStale } from './engageFree.ts';
import { takeFact } from './mediaFacts.ts';
import { noteNodeLoss, noteNodeReturn, reconcileRooms } from './reconcileRooms.ts';
import { caseSessionProjection, sessionsProjection } from './sessionProjections.ts';
import { sessionRoutes } from './session.routes.ts';
import { sessionSockets } from './session.sockets.ts';

/** Video sessions between two counters (V1–V3, V10): commands, ringing, deadlines, and what the media nodes report. */
export const sessions: Feature = {
	name: 'sessions',
	register(hub) {
		sessionModel(hub.connection);
		timeline(hub).register(sessionsProjection);
		timeline(hub).register(caseSessionProjection);
		sessionRoutes(hub);
		sessionSockets(hub);
		sweepDeadlines(hub);
		reconcileRooms(hub);
		releaseStale(hub);
		cutMedia(hub);
		nodeListeners(hub).add({
			onFact: (node, fact) => takeFact(hub, node, fact),
			onHello: (node) => {
				noteNodeReturn(hub, node).catch((error: unknown) => {
					hub.logger.warn({ err: error, nodeId: node.nodeId }, 'the end of a gap is not on every timeline');
				});
			},
			onLost: (node) => {
				// It is this hub that goes away; the node and its media stay.
				if (hub.shutdown.isStopping) return;
				noteNodeLoss(hub, node).catch((error: unknown) => {
					hub.logger.warn({ err: error, nodeId: node.nodeId }, 'the loss of a node is not on every timeline');
				});
			},
		});
	},
};
