import type { Health } from '@counter-hub/shared/server/health.ts';
import { createHttpServer, listen, originOf } from '@counter-hub/shared/server/http.ts';
import { Server } from 'socket.io';
import type { MediaConfig } from '../config.ts';
import { answerHttp } from './answerHttp.ts';
import { serveMedia, socketOptions, type MediaServiceOptions } from './serveMedia.ts';

type SignallingOptions = Omit<Health, 'metricsToken'> & Omit<MediaServiceOptions, 'nodeId'>;

/** Opens the signal port: health, metrics and namespace `/media`. Rejects with Node's error when it cannot be bound. */
export async function openSignalling(
	config: MediaConfig,
	options: SignallingOptions,
): Promise<{ io: Server; signalUrl: string }> {
	const http = createHttpServer(config.tls, answerHttp({ ...options, metricsToken: config.metricsToken }));
	const io = new Server(http, socketOptions(options.limits));
	serveMedia(io, { ...options, nodeId: config.nodeId });
	const port = await listen(http, config.signalPort, config.host);
	return { io, signalUrl: originOf(config.tls, config.announcedHost, port) };
}
