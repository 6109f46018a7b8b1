import { parse } from '@counter-hub/shared/errors/parse.ts';
import {
	MEDIA_NAMESPACE,
	mediaHandshake,
	mediaRequests,
	type MediaHandshake,
} from '@counter-hub/shared/media/mediaProtocol.ts';
import { answerRequests, endpointsOf } from '@counter-hub/shared/server/answerRequests.ts';
import { RateLimiter } from '@counter-hub/shared/server/RateLimiter.ts';
import type { Server, Socket } from 'socket.io';
import type { Limits } from '../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { Entrance } from '../lines/Entrance.ts';
import type { Lines, TakenUp } from '../lines/Lines.ts';
import type { AttachedSocket } from '../lines/PageLine.ts';
import type { describeRouter } from '../workers/codecs.ts';
import { mediaHandlers } from './mediaHandlers.ts';
import { toAppError } from './toAppError.ts';
import { takeVolatile } from './volatileMessages.ts';

export interface MediaServiceOptions {
	readonly entrance: Entrance;
	readonly lines: Lines;
	readonly codecs: ReturnType<typeof describeRouter>;
	readonly limits: Limits;
	readonly logger: Logger;
	readonly nodeId: string;
	readonly epoch: number;
}

interface SocketData {
	takenUp?: TakenUp;
	device?: MediaHandshake['device'];
}
type MediaSocket = Socket<Record<string, never>, Record<string, never>, Record<string, never>, SocketData>;

/** Serves namespace `/media`: who comes in, with what right, and what he is told first. */
export function serveMedia(io: Server, options: MediaServiceOptions): void {
	const { entrance, lines, codecs, limits, logger } = options;
	const namespace = io.of(MEDIA_NAMESPACE);
	const requests = new RateLimiter({ points: limits.requests, durationS: limits.requestWindowS });
	const says = new RateLimiter({ points: limits.says, durationS: limits.sayWindowS });
	const parts = new RateLimiter({ points: limits.frameParts, durationS: limits.framePartWindowS });
	namespace.use((socket: MediaSocket, next) => {
		takeUp(socket).then(
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
		const { takenUp, device } = socket.data;
		if (!takenUp || takenUp.line.closed) {
			socket.disconnect(true);
			return;
		}
		const { line } = takenUp;
		if (device?.capabilitiesId === codecs.id) line.setCapabilities(device.rtpCapabilities);
		const page = pageSocket(socket);
		const rest = takeVolatile(socket, { line, socketId: socket.id, budget: says });
		answerRequests(rest, {
			endpoints: endpointsOf(mediaRequests, mediaHandlers(line, entrance)),
			admit: (event) => (event === 'frame:part' ? parts : requests).consume(socket.id),
			toAppError: (error, event) => toAppError(error, logger, event),
		});
		const onClosed = () => {
			// After the notice that says why.
			setImmediate(() => socket.disconnect(true));
		};
		line.once('closed', onClosed);
		socket.on('disconnect', () => {
			line.off('closed', onClosed);
			void requests.forget(socket.id);
			void says.forget(socket.id);
			void parts.forget(socket.id);
			line.detach(page);
		});
		welcome(socket, takenUp, page).catch((error: unknown) => {
			toAppError(error, logger, 'welcome');
			socket.disconnect(true);
		});
	});

	async function takeUp(socket: MediaSocket): Promise<void> {
		const handshake = parse(mediaHandshake, socket.handshake.auth);
		socket.data.takenUp = await lines.takeUp(handshake);
		socket.data.device = handshake.device;
	}

	async function welcome(socket: MediaSocket, takenUp: TakenUp, page: AttachedSocket): Promise<void> {
		const { line, resumed } = takenUp;
		const entries = await entriesOf(takenUp);
		if (socket.disconnected || line.closed) return;
		line.attach(page);
		page.notify('welcome', {
			nodeId: options.nodeId,
			epoch: options.epoch,
			resumed,
			resumeSecret: line.resumeSecret,
			capabilitiesId: codecs.id,
			routerRtpCapabilities: codecs.capabilities,
			ready: line.capabilities !== null,
			rooms: entries,
		});
	}

	/** A room that is left or lost meanwhile is not listed; the page enters it anew. */
	async function entriesOf({ line, fresh }: TakenUp) {
		const settled = await Promise.allSettled([...line.seats].map((seat) => seat.describe(seat !== fresh)));
		return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
	}
}

function pageSocket(socket: MediaSocket): AttachedSocket {
	const plain: Socket = socket;
	return {
		drop: () => {
			// As a line that breaks: the page comes back by itself.
			plain.conn.close();
		},
		notify: (event, payload) => {
			plain.emit(event, payload);
		},
		notifyVolatile: (event, payload) => {
			plain.volatile.emit(event, payload);
		},
		deliver: (event, payload, withinMs) =>
			plain
				.timeout(withinMs)
				.emitWithAck(event, payload)
				.then(
					() => true,
					() => false,
				),
	};
}

/** Socket.IO's settings that protect the node; browsers come from the hub's origin, and the token is their right. */
export function socketOptions(limits: Limits) {
	return {
		serveClient: false,
		cors: { origin: '*' },
		maxHttpBufferSize: limits.messageBytes,
		connectTimeout: limits.handshakeMs,
		perMessageDeflate: false,
		pingInterval: limits.pingMs,
		pingTimeout: limits.pingMs,
	};
}
