import { isIPv6 } from 'node:net';
import { Server } from 'socket.io';
import type { MediaConfig } from '../config.ts';
import { createHttpServer, listen, type Health } from '../platform/httpServer.ts';
import { serveMedia, socketOptions, type MediaServiceOptions } from './serveMedia.ts';

type SignallingOptions = Health & Omit<MediaServiceOptions, 'nodeId'>;

/** Opens the signal port: health, metrics and namespace `/media`. Rejects with Node's error when it cannot be bound. */
export async function openSignalling(
	config: MediaConfig,
	options: SignallingOptions,
): Promise<{ io: Server; signalUrl: string }> {
	const http = createHttpServer(config, options);
	const io = new Server(http, socketOptions(options.limits));
	serveMedia(io, { ...options, nodeId: config.nodeId });
	const port = await listen(http, config.signalPort, config.host);
	const host = isIPv6(config.announcedHost) ? `[${config.announcedHost}]` : config.announcedHost;
	return { io, signalUrl: `${config.tls ? 'https' : 'http'}://${host}:${String(port)}` };
}
