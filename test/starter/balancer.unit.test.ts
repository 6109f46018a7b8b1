import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Balancer } from '../../scripts/lib/Balancer.mjs';

/** A hub as the balancer sees it: it says who it is and for whom it is asked, and takes WebSockets. */
async function newBackend(
	name: string,
): Promise<{ url: string; server: Server; stand: (ready: boolean) => void }> {
	let isReady = true;
	const server = createServer(({ url, headers }, response) => {
		if (url === '/readyz') return void response.writeHead(isReady ? 200 : 503).end();
		response.end(
			JSON.stringify({ name, for: headers['x-forwarded-for'], proto: headers['x-forwarded-proto'] }),
		);
	});
	server.on('upgrade', (_request, socket) => {
		socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
		socket.write(name);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
	return { url, server, stand: (ready) => (isReady = ready) };
}

async function newBalancer(backends: string[]): Promise<string> {
	const balancer = new Balancer({ backends });
	onTestFinished(() => balancer.close());
	return balancer.listen(0, '127.0.0.1');
}

interface Said {
	name: string;
	for: string;
	proto: string;
}
const asked = async (url: string, headers: Record<string, string> = {}) => {
	const response = await fetch(url, { headers });
	return { said: (await response.json()) as Said, cookies: response.headers.getSetCookie() };
};

test('the balancer takes hubs in turn, keeps a browser at its own, and says for whom it asks', async () => {
	const [a, b] = [await newBackend('a'), await newBackend('b')];
	const url = await newBalancer([a.url, b.url]);
	const first = await asked(url, { 'x-forwarded-for': '6.6.6.6', 'x-forwarded-proto': 'https' });
	const second = await asked(url);
	expect(new Set([first.said.name, second.said.name])).toEqual(new Set(['a', 'b']));
	expect(first.said).toMatchObject({ for: '127.0.0.1', proto: 'http' });
	const [cookie = ''] = first.cookies;
	for (let i = 0; i < 4; i++) {
		const again = await asked(url, { cookie: cookie.split(';')[0] ?? '' });
		expect(again.said.name).toBe(first.said.name);
	}
});

test('the balancer passes WebSockets on, and leaves a hub out that is not ready', async () => {
	const [a, b] = [await newBackend('a'), await newBackend('b')];
	const url = await newBalancer([a.url, b.url]);
	a.stand(false);
	await vi.waitFor(
		async () => {
			const names = [(await asked(url)).said.name, (await asked(url)).said.name];
			expect(names).toEqual(['b', 'b']);
		},
		{ timeout: 20_000, interval: 200 },
	);
	const socket = connect(Number(new URL(url).port), '127.0.0.1');
	onTestFinished(() => void socket.destroy());
	socket.write('GET /socket.io/ HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
	let said = '';
	socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
	await vi.waitFor(() => expect(said).toMatch(/101 Switching Protocols[\s\S]*b$/), 20_000);
	b.stand(false);
	await vi.waitFor(async () => expect((await fetch(url)).status).toBe(503), {
		timeout: 20_000,
		interval: 200,
	});
});
