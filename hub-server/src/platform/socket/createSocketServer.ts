import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import {
	SOCKET_CONNECT_TIMEOUT,
	SOCKET_MESSAGE_MAX_BYTES,
	SOCKET_PING_INTERVAL,
	SOCKET_PING_TIMEOUT,
} from '../../limits.ts';
import { clientAddress, type TrustsProxy } from '../http/clientAddress.ts';
import { isOwnOrigin } from '../http/sameOrigin.ts';

export interface SocketServerOptions {
	publicUrl: string | undefined;
	trustsProxy: TrustsProxy;
}

/**
 * Socket.IO on the hub's own port, by WebSocket, or by polling where a proxy lets none through; pages of other origins
 * are refused before the handshake. `socket.handshake.address` is the person's, not that of a trusted proxy.
 */
export function createSocketServer(
	http: HttpServer,
	{ publicUrl, trustsProxy }: SocketServerOptions,
): Server {
	const server = new Server(http, {
		serveClient: false,
		maxHttpBufferSize: SOCKET_MESSAGE_MAX_BYTES,
		pingInterval: SOCKET_PING_INTERVAL,
		pingTimeout: SOCKET_PING_TIMEOUT,
		connectTimeout: SOCKET_CONNECT_TIMEOUT,
		perMessageDeflate: false,
		httpCompression: false,
		allowRequest: (request, answer) => {
			answer(null, isOwnOrigin(request, publicUrl));
		},
	});
	server.engine.on('connection', (connection: { request: IncomingMessage }) => {
		Object.assign(connection, { remoteAddress: clientAddress(connection.request, trustsProxy) });
	});
	// Nothing is served there, so nobody may sit there without having shown who he is.
	server.use((_socket, next) => {
		next(new Error('unknownNamespace'));
	});
	return server;
}
