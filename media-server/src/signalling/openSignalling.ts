import { isIPv6 } from 'node:net';
import { Server } from 'socket.io';
import type { MediaConfig } from '../config.ts';
import type { Limits } from '../limits.ts';
import { createHttpServer, listen, type Health } from '../platform/httpServer.ts';
import type { Logger } from '../platform/logger.ts';
import type { Rooms } from '../rooms/Rooms.ts';
import { serveMedia, socketOptions } from './serveMedia.ts';

interface SignallingOptions extends Health {
	readonly rooms: Rooms;
	readonly limits: Limits;
	readonly logger: Logger;
	readonly epoch: number;
}

/** Opens the signal port: health, metrics and namespace `/media`. Rejects with Node's error when it cannot be bound. */
export async function openSignalling(
	config: MediaConfig,
	options: SignallingOptions,
): Promise<{ io: Server; signalUrl: string }> {
	const { rooms, limits, logger, epoch } = options;
	const http = createHttpServer(config.tls, options);
	const io = new Server(http, socketOptions(limits));
	serveMedia(io, { rooms, limits, logger, nodeId: config.nodeId, epoch });
	const port = await listen(http, config.signalPort, config.host);
	const host = isIPv6(config.announcedHost) ? `[${config.announcedHost}]` : config.announcedHost;
	return { io, signalUrl: `${config.tls ? 'https' : 'http'}://${host}:${String(port)}` };
}
