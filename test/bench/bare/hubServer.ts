/**
 * The baseline of `hub`: Socket.IO with a signed token per socket and a room, nothing else.
 * `HUB_SECRET` signs the tokens, `PORT` 0 takes a free port. A line `burst <n>` on stdin sends n broadcasts.
 */
import { createServer } from 'node:http';
import { flushCompileCache } from 'node:module';
import jwt from 'jsonwebtoken';
import { Server } from 'socket.io';
import { broadcastPayload, onBurst } from '../load/burst.ts';

const secret = process.env.HUB_SECRET ?? '';
const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
const hub = io.of('/hub');
hub.use((socket, next) => {
	try {
		jwt.verify(String(socket.handshake.auth.token), secret, { algorithms: ['HS256'] });
		next();
	} catch {
		next(new Error('not signed in'));
	}
});
hub.on('connection', (socket) => void socket.join('case'));

onBurst((caseId) =>
	Promise.resolve(() => void hub.to('case').emit('timeline:events', broadcastPayload(caseId))),
);

http.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
	const address = http.address();
	if (typeof address !== 'object' || address === null) throw new Error('no address');
	console.log(JSON.stringify({ ready: true, url: `http://127.0.0.1:${address.port}` }));
	setTimeout(flushCompileCache, 1000).unref();
});
process.on('SIGTERM', () => {
	void io.close();
	process.exit(0);
});
