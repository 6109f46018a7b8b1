import { createServer, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/**
 * A reverse proxy as a process of its own: passes requests on from `FROM`, adds to `X-Forwarded-For` who asked, and
 * passes WebSockets on or answers each with 400 (`UPGRADE`).
 */
const { TARGET, FROM, UPGRADE } = z
	.object({ TARGET: z.url(), FROM: z.ipv4(), UPGRADE: z.enum(['pass', '400']) })
	.parse(process.env);
const target = new URL(TARGET);

const headersOf = ({ headers, socket }: IncomingMessage) => ({
	...headers,
	'x-forwarded-for': [headers['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(', '),
});

const server = createServer((incoming, answer) => {
	const { method = 'GET', url = '/' } = incoming;
	const outgoing = request(
		new URL(url, target),
		{ method, headers: headersOf(incoming), localAddress: FROM },
		(reply) => {
			answer.writeHead(reply.statusCode ?? 502, reply.headers);
			reply.pipe(answer);
		},
	);
	outgoing.on('error', () => answer.writeHead(502).end());
	incoming.pipe(outgoing);
	answer.on('close', () => outgoing.destroy());
});
server.on('upgrade', (incoming: IncomingMessage, near) => {
	if (UPGRADE === '400') {
		near.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
		return;
	}
	const far = connect({ port: Number(target.port), host: target.hostname, localAddress: FROM });
	const lines = Object.entries(headersOf(incoming)).map(([name, value]) => `${name}: ${String(value)}`);
	far.write([`GET ${incoming.url ?? '/'} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
	near.pipe(far).pipe(near);
	for (const [one, other] of [
		[near, far],
		[far, near],
	] as const) {
		one.on('error', () => other.destroy());
		one.on('close', () => other.destroy());
	}
});
server.listen(0, '127.0.0.1', () => {
	const { port } = server.address() as AddressInfo;
	process.stdout.write(`${JSON.stringify({ ready: true, url: `http://127.0.0.1:${port}` })}\n`);
});
process.stdin.on('end', () => process.exit(0)).resume();
