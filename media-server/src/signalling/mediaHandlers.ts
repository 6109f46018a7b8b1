import type { mediaRequests } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { RequestHandlers } from '@counter-hub/shared/server/answerRequests.ts';
import type { FrameRelay } from '../frames/FrameRelay.ts';
import type { Line } from '../lines/Line.ts';
import type { Peer } from '../rooms/Peer.ts';
import type { Rooms } from '../rooms/Rooms.ts';

/** What a page may ask for; each request is one line of docs/protocol.md. */
export function mediaHandlers(
	line: Line,
	rooms: Rooms,
	frames: FrameRelay,
): RequestHandlers<typeof mediaRequests> {
	/** Of this page in that room, and all who are there. */
	const at = (roomId: string) => {
		const peer = line.peerIn(roomId);
		return { peer, peers: rooms.find(roomId)?.peers ?? new Map<string, Peer>() };
	};
	return {
		enter: async ({ token }) => {
			const { room, peer, resumed } = await line.entering(() => rooms.enter(token, line));
			return await room.describeTo(peer, resumed);
		},
		ready: async ({ rtpCapabilities }) => {
			line.setCapabilities(rtpCapabilities);
			const found = [...line.peers].map(async (peer) => {
				const { roomId } = peer.grant;
				const consumers = (await rooms.find(roomId)?.supply(peer)) ?? [];
				return { roomId, workerId: peer.transports().worker.id, consumers };
			});
			// A room that is being rebuilt tells by itself when it stands again.
			const supplied = await Promise.allSettled(found);
			return { rooms: supplied.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])) };
		},
		'line:check': () => ({}),
		'transport:connect': async ({ workerId, direction, dtlsParameters }) => {
			const transports = await line.transportsBy(workerId);
			await transports.connect(direction, dtlsParameters);
			return {};
		},
		'transport:restart-ice': async ({ workerId, direction }) => {
			const transports = await line.transportsBy(workerId);
			return { iceParameters: await transports.restartIce(direction) };
		},
		produce: async ({ roomId, workerId, ...stream }) => {
			const { wanted } = await line.peerIn(roomId).publish(workerId, stream);
			return { wanted };
		},
		'stream:pause': async ({ roomId, streamId }) => {
			await line.peerIn(roomId).stream(streamId).producer.pause();
			return {};
		},
		'stream:resume': async ({ roomId, streamId }) => {
			await line.peerIn(roomId).stream(streamId).producer.resume();
			return {};
		},
		'stream:stalled': ({ roomId, streamId, stalled }) => {
			rooms.find(roomId)?.stall(line.peerIn(roomId), streamId, stalled);
			return {};
		},
		'stream:close': ({ roomId, streamId }) => {
			line.peerIn(roomId).closeStream(streamId);
			return {};
		},
		'consumer:ready': async ({ roomId, consumers }) => {
			await line.peerIn(roomId).take(consumers);
			return {};
		},
		'frame:begin': ({ roomId, streamId, frame }) => {
			const { peer, peers } = at(roomId);
			return { viewers: frames.begin(peers, peer, streamId, frame) };
		},
		'frame:part': async ({ roomId, streamId, ...part }) => ({
			viewers: await frames.part(line.peerIn(roomId), streamId, part),
		}),
		'frame:drop': ({ roomId, streamId, rest }) => {
			const { peer, peers } = at(roomId);
			frames.drop(peers, peer, streamId, rest);
			return {};
		},
		'frame:ask': ({ roomId, streamId, frameId }) => {
			const { peer, peers } = at(roomId);
			frames.ask(peers, peer, streamId, frameId);
			return {};
		},
		grant: ({ token }) => rooms.regrant(line, token).rights,
		leave: ({ roomId }) => {
			line.peerIn(roomId).close('left');
			return {};
		},
	};
}
