import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { mediaRequests } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { Entry, Rooms } from '../rooms/Rooms.ts';
import type { Handlers } from './answer.ts';

/** What a page may ask for; each request is one line of docs/protocol.md. */
export function mediaHandlers(entry: Entry, rooms: Rooms): Handlers<typeof mediaRequests> {
	const { room, peer } = entry;
	return {
		ready: async ({ generation, rtpCapabilities }) => {
			peer.transports(generation);
			peer.setCapabilities(rtpCapabilities);
			return { consumers: await room.supply(peer) };
		},
		'transport:connect': async ({ generation, direction, dtlsParameters }) => {
			await peer.transports(generation).connect(direction, dtlsParameters);
			return {};
		},
		'transport:restart-ice': async ({ generation, direction }) => ({
			iceParameters: await peer.transports(generation).restartIce(direction),
		}),
		produce: async ({ generation, ...request }) => {
			const { wanted } = await peer.publish(generation, request);
			return { wanted };
		},
		'stream:pause': async ({ streamId }) => {
			await peer.stream(streamId).producer.pause();
			return {};
		},
		'stream:resume': async ({ streamId }) => {
			await peer.stream(streamId).producer.resume();
			return {};
		},
		'stream:stalled': ({ streamId, stalled }) => {
			room.stall(peer, streamId, stalled);
			return {};
		},
		'stream:close': ({ streamId }) => {
			peer.closeStream(streamId);
			return {};
		},
		'consumer:ready': async ({ consumerIds }) => {
			// One that was closed meanwhile is no mistake of the page.
			for (const id of consumerIds) {
				const subscription = peer.subscriptions.get(id);
				if (subscription) subscription.ready = true;
			}
			await peer.flow();
			return {};
		},
		'consumer:pause': async ({ consumerId }) => {
			const subscription = peer.subscription(consumerId);
			subscription.hidden = true;
			await subscription.flow(peer.grant.stage);
			peer.emit('changed');
			return {};
		},
		'consumer:resume': async ({ consumerId }) => {
			const subscription = peer.subscription(consumerId);
			if (peer.grant.stage === 'lobby') throw new AppError('lobbyOnly');
			subscription.hidden = false;
			await subscription.flow(peer.grant.stage);
			peer.emit('changed');
			return {};
		},
		'consumer:layers': async ({ consumerId, spatialLayer, temporalLayer }) => {
			const subscription = peer.subscription(consumerId);
			await subscription.prefer({ spatialLayer, ...(temporalLayer !== undefined && { temporalLayer }) });
			peer.emit('changed');
			return {};
		},
		grant: ({ token }) => {
			rooms.regrant(entry, token);
			return peer.rights;
		},
		leave: () => {
			peer.close('left');
			return {};
		},
	};
}
