import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import {
	SOCKET_CONNECT_TIMEOUT,
	SOCKET_MESSAGE_MAX_BYTES,
	SOCKET_PING_INTERVAL,
	SOCKET_PING_TIMEOUT,
} from '../../limits.ts';
import { isOwnOrigin } from '../http/sameOrigin.ts';

/** Socket.IO on the hub's own port; pages of other origins are refused before the handshake. */
export function createSocketServer(http: HttpServer, publicUrl: string | undefined): Server {
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
	// Nothing is served there, so nobody may sit there without having shown who he is.
	server.use((_socket, next) => {
		next(new Error('unknownNamespace'));
	});
	return server;
}
