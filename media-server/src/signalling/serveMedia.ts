import { parse } from '@counter-hub/shared/errors/parse.ts';
import {
	MEDIA_NAMESPACE,
	mediaHandshake,
	mediaRequests,
	type MediaHandshake,
} from '@counter-hub/shared/media/mediaProtocol.ts';
import type { Server, Socket } from 'socket.io';
import type { Limits } from '../limits.ts';
import type { Logger } from '../platform/logger.ts';
import type { Notify } from '../rooms/Peer.ts';
import type { Entry, Rooms } from '../rooms/Rooms.ts';
import { answerRequests, toAppError } from './answer.ts';
import { mediaHandlers } from './mediaHandlers.ts';
import { RateLimit } from './RateLimit.ts';

export interface MediaServiceOptions {
	readonly rooms: Rooms;
	readonly limits: Limits;
	readonly logger: Logger;
	readonly nodeId: string;
	readonly epoch: number;
}

interface SocketData {
	entry?: Entry;
	device?: MediaHandshake['device'];
}
type MediaSocket = Socket<Record<string, never>, Record<string, never>, Record<string, never>, SocketData>;

/** Serves namespace `/media`: who comes in, with what right, and what he is told first. */
export function serveMedia(io: Server, options: MediaServiceOptions): void {
	const { rooms, limits, logger } = options;
	const namespace = io.of(MEDIA_NAMESPACE);
	namespace.use((socket: MediaSocket, next) => {
		enter(socket).then(
			() => {
				next();
			},
			(error: unknown) => {
				const problem = toAppError(error, logger, 'handshake').toProblem();
				next(Object.assign(new Error(problem.code), { data: problem }));
			},
		);
	});
	namespace.on('connection', (socket: MediaSocket) => {
		const { entry } = socket.data;
		if (!entry || entry.peer.closed) {
			socket.disconnect(true);
			return;
		}
		const { peer } = entry;
		const notify: Notify = (event, payload) => {
			(socket as Socket).emit(event, payload);
		};
		// A second socket of the same page takes over from the first.
		const rate = new RateLimit(limits.requestBurst, limits.requestsPerSecond);
		answerRequests(socket, mediaRequests, mediaHandlers(entry, rooms), { logger, mayAsk: () => rate.take() });
		const onClosed = () => {
			// After the notice that says why.
			setImmediate(() => socket.disconnect(true));
		};
		peer.once('closed', onClosed);
		socket.on('disconnect', () => {
			peer.off('closed', onClosed);
			peer.detach(notify);
		});
		welcome(socket, entry, notify).catch((error: unknown) => {
			toAppError(error, logger, 'welcome');
			socket.disconnect(true);
		});
	});

	async function enter(socket: MediaSocket): Promise<void> {
		const handshake = parse(mediaHandshake, socket.handshake.auth);
		socket.data.entry = await rooms.enter(handshake);
		socket.data.device = handshake.device;
	}

	async function welcome(socket: MediaSocket, entry: Entry, notify: Notify): Promise<void> {
		const { room, peer, resumed } = entry;
		await room.settled();
		const floor = await room.floorOf(peer);
		const { device } = socket.data;
		if (!peer.ready && device?.capabilitiesId === floor.capabilitiesId) {
			peer.setCapabilities(device.rtpCapabilities);
		}
		if (peer.ready) await room.supply(peer);
		if (socket.disconnected || peer.closed) return;
		peer.attach(notify);
		notify('welcome', {
			...floor,
			resumed,
			nodeId: options.nodeId,
			epoch: options.epoch,
			roomId: room.roomId,
			participantId: peer.participantId,
			resumeSecret: peer.resumeSecret,
			rights: peer.rights,
			participants: room.visibleTo(peer),
			consumers: [...peer.subscriptions.values()].map((one) => one.describe()),
			ready: peer.ready,
			streams: [...peer.streams.values()].map(({ streamId, wanted }) => ({ streamId, wanted })),
		});
	}
}

/** Socket.IO's settings that protect the node; browsers come from the hub's origin, and the token is their right. */
export function socketOptions(limits: Limits) {
	return {
		serveClient: false,
		transports: ['websocket' as const],
		cors: { origin: '*' },
		maxHttpBufferSize: limits.messageBytes,
		connectTimeout: limits.handshakeMs,
		perMessageDeflate: false,
		pingInterval: 5_000,
		pingTimeout: 5_000,
	};
}
