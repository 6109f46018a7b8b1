import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { isIPv6 } from 'node:net';
import type { Tls } from './environment.ts';

/** Not imported: as a module it would load fetch and WebSocket with it, for which a start in mid-call must not wait. */
const { createServer } = process.getBuiltinModule('node:http');

export function createHttpServer(tls: Tls | undefined, listener: RequestListener): Server {
	return tls ? createTlsServer(tls, listener) : createServer(listener);
}

/** Binds, and resolves with the port in use. Rejects with Node's error (EADDRINUSE, EACCES…). */
export async function listen(server: Server, port: number, host: string): Promise<number> {
	server.listen(port, host);
	await once(server, 'listening');
	const address = server.address();
	return typeof address === 'object' && address ? address.port : port;
}

export function originOf(tls: Tls | undefined, host: string, port: number): string {
	return `${tls ? 'https' : 'http'}://${isIPv6(host) ? `[${host}]` : host}:${String(port)}`;
}
