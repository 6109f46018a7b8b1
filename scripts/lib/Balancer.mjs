import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createProxyServer } from 'http-proxy-3';

const cookieName = 'hub';
const lookEveryMs = 1_000;
const lookLimitMs = 2_000;

/**
 * Hands requests and WebSockets on to hubs. A browser stays with its hub by a cookie, because Socket.IO's polling must
 * find its connection again; a hub that is not ready gets nothing new. Says to the hub for whom it asks.
 */
export class Balancer {
	#backends;
	#server;
	#proxy;
	#scheme;
	#timer;
	#sockets = new Set();
	#turn = 0;

	/** @param {{ backends: string[], tls?: { certFile: string, keyFile: string } | undefined }} given origins of the hubs */
	constructor({ backends, tls }) {
		this.#backends = backends.map((url) => ({ url, isReady: false }));
		this.#scheme = tls ? 'https' : 'http';
		this.#proxy = createProxyServer({ xfwd: false });
		this.#proxy.on('error', (_error, _request, to) => refuse(to));
		const options = tls ? { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) } : {};
		this.#server = tls ? createSecureServer(options) : createServer();
		this.#server.on('request', (request, response) => {
			const backend = this.#choose(request);
			if (!backend) return refuse(response);
			const index = this.#backends.indexOf(backend);
			if (cookieOf(request) !== String(index)) {
				response.appendHeader('Set-Cookie', `${cookieName}=${index}; Path=/; HttpOnly; SameSite=Lax`);
			}
			this.#proxy.web(this.#named(request), response, { target: backend.url });
		});
		this.#server.on('upgrade', (request, socket, head) => {
			socket.on('error', () => socket.destroy());
			const backend = this.#choose(request);
			if (!backend) return refuse(socket);
			this.#proxy.ws(this.#named(request), socket, head, { target: backend.url });
		});
		this.#server.on('connection', (socket) => {
			this.#sockets.add(socket);
			socket.once('close', () => this.#sockets.delete(socket));
		});
	}

	/** @param {number} port 0 = a free one @param {string} host @returns {Promise<string>} its origin */
	async listen(port, host) {
		await this.#look();
		this.#timer = setInterval(() => void this.#look(), lookEveryMs);
		this.#server.listen(port, host);
		await once(this.#server, 'listening');
		const address = this.#server.address();
		return `${this.#scheme}://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
	}

	async close() {
		clearInterval(this.#timer);
		const closed = new Promise((resolve) => this.#server.close(resolve));
		for (const socket of this.#sockets) socket.destroy();
		this.#proxy.close();
		await closed;
	}

	/** Which hubs are ready. */
	async #look() {
		await Promise.all(
			this.#backends.map(async (backend) => {
				try {
					backend.isReady = (
						await fetch(`${backend.url}/readyz`, { signal: AbortSignal.timeout(lookLimitMs) })
					).ok;
				} catch {
					backend.isReady = false;
				}
			}),
		);
	}

	/** The hub that the browser was with, or the next one in turn. */
	#choose(request) {
		const before = this.#backends[Number(cookieOf(request) ?? NaN)];
		if (before?.isReady) return before;
		const ready = this.#backends.filter(({ isReady }) => isReady);
		return ready[this.#turn++ % ready.length];
	}

	/** For whom it asks, in headers that only a balancer may set: what the browser says of them is thrown away. */
	#named(request) {
		delete request.headers.forwarded;
		request.headers['x-forwarded-for'] = request.socket.remoteAddress ?? '';
		request.headers['x-forwarded-proto'] = this.#scheme;
		request.headers['x-forwarded-host'] = request.headers.host ?? '';
		return request;
	}
}

/** @param {import('node:http').IncomingMessage} request */
function cookieOf(request) {
	return new RegExp(`(?:^|;\\s*)${cookieName}=(\\d)(?:;|$)`).exec(request.headers.cookie ?? '')?.[1];
}

/** No hub answers: the page tries again by itself. @param {import('node:http').ServerResponse | import('node:net').Socket} to */
function refuse(to) {
	if ('writeHead' in to) {
		if (!to.headersSent) to.writeHead(503, { 'Retry-After': '1' });
		to.end();
	} else {
		to.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
	}
}
