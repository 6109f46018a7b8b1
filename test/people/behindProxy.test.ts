import { once } from 'node:events';
import { request } from 'node:http';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { HUB_NAMESPACE } from '@counter-hub/shared/realtime/handshake.ts';
import { ATTEMPTS_PER_ADDRESS } from '@counter-hub/hub-server/features/auth/limits.ts';
import { parseTrustedProxies } from '@counter-hub/hub-server/platform/http/clientAddress.ts';
import { newHub, TEST_PASSWORD, type TestHub } from '../platform/newHub.ts';
import { newProxy } from '../platform/processes.ts';
import { TestClient } from '../platform/TestClient.ts';

const PROXY = '127.0.0.2';
const behindProxy = () => newHub({ config: { trustsProxy: parseTrustedProxies(PROXY) } });

/** Signs in from a PC of that address; returns the status. */
async function signInFrom(
	address: string,
	url: string,
	body: { name: string; password: string },
	headers: Record<string, string> = {},
): Promise<number> {
	const sent = request(`${url}/api/v1/auth/sign-in`, {
		method: 'POST',
		localAddress: address,
		headers: { 'content-type': 'application/json', ...headers },
	});
	sent.end(JSON.stringify(body));
	const [answer] = (await once(sent, 'response')) as [{ statusCode: number; resume(): void }];
	answer.resume();
	return answer.statusCode;
}

async function addressesOf(hub: TestHub, name: string): Promise<string[]> {
	const client = hub.client();
	await client.signIn(name, TEST_PASSWORD);
	const { signIns } = (await client.get('/auth/sign-ins')) as {
		signIns: { address: string; current: boolean }[];
	};
	return signIns.flatMap(({ address, current }) => (current ? [] : [address]));
}

test('A8 F27 a minute’s worth of people behind one proxy: each is counted and listed by the address of their PC', async () => {
	const hub = await behindProxy();
	const url = await newProxy(hub.url, { from: PROXY });
	const people = ATTEMPTS_PER_ADDRESS.points + 1;
	const { name } = await hub.addStaff({ role: 'clerk', city: '310117' });
	const wrong = await Promise.all(
		Array.from({ length: people }, async (_, i) => {
			const person = await hub.addStaff({ role: 'clerk', city: '310117' });
			return signInFrom(`127.0.1.${i + 1}`, url, { name: person.name, password: 'x' });
		}),
	);
	expect(new Set(wrong)).toEqual(new Set([401]));
	expect(await signInFrom('127.0.1.200', url, { name, password: TEST_PASSWORD })).toBe(200);
	expect(await addressesOf(hub, name)).toEqual(['127.0.1.200']);
});

test('A8 F27 an address that nobody trustworthy has written is not believed', async () => {
	const hub = await behindProxy();
	const url = await newProxy(hub.url, { from: PROXY });
	const { name } = await hub.addStaff({ role: 'clerk', city: '310117' });
	const forged = { 'x-forwarded-for': '9.9.9.9' };
	const body = { name, password: TEST_PASSWORD };
	expect(await signInFrom('127.0.3.1', hub.url, body, forged)).toBe(200);
	expect(await signInFrom('127.0.3.2', url, body, forged)).toBe(200);
	expect((await addressesOf(hub, name)).sort()).toEqual(['127.0.3.1', '127.0.3.2']);
});

test('A8 a socket’s address is the person’s too', async () => {
	const hub = await behindProxy();
	const clerk = await hub.signIn('clerk', '310117');
	const url = await newProxy(hub.url, { from: PROXY });
	const seen = new Promise((resolve) => {
		hub.context.io.of(HUB_NAMESPACE).on('connection', ({ handshake }) => {
			resolve(handshake.address);
		});
	});
	const socket = await clerk.socket({ url });
	expect(await seen).toBe('127.0.0.1');
	socket.close();
});

test('A8 whoever is signed in is counted as a person, whatever the address has used up', async () => {
	const hub = await newHub();
	const [busy, other] = [await hub.signIn('clerk', '310117'), await hub.signIn('clerk', '310117')];
	// Invented tokens count against the address.
	const stranger = new TestClient(hub.url);
	const burst = (client: TestClient, size: number) =>
		Promise.all(Array.from({ length: size }, () => client.send('GET', '/nowhere')));
	for (let i = 0; i < 30; i++) await burst(stranger, 100);
	expect((await stranger.send('GET', '/nowhere')).status).toBe(429);
	expect((await other.send('GET', '/me')).status).toBe(200);
	await other.refresh();
	for (let i = 0; i < 30; i++) await burst(busy, 100);
	expect((await busy.send('GET', '/me')).status).toBe(429);
	expect((await other.send('GET', '/me')).status).toBe(200);
});

test('A8 F28 behind a proxy that answers every Upgrade with 400, sockets work by polling', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const url = await newProxy(hub.url, { upgrade: '400' });
	await expect(clerk.socket({ url })).rejects.toThrow();
	const auth = { token: clerk.token, pageId: clerk.pageId, windowId: null };
	const socket = io(url + HUB_NAMESPACE, { auth, transports: ['polling', 'websocket'], forceNew: true });
	onTestFinished(() => void socket.close());
	await once(socket as never, 'connect');
	const answer: unknown = await socket.timeout(5_000).emitWithAck('session:mine', {});
	expect(answer).toMatchObject({ ok: true });
});
