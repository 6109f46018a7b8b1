import { once } from 'node:events';
import { expect, test } from 'vitest';
import { newHub } from '../platform/newHub.ts';
import { ask, TestClient } from '../platform/TestClient.ts';

const cookieOf = (client: TestClient) => client.cookies.get(`ch_r_${client.signInId}`) ?? '';
const refreshWith = (client: TestClient, token: string) => {
	const tab = new TestClient(client.url, new Map([[`ch_r_${client.signInId}`, token]]));
	tab.signInId = client.signInId;
	return tab;
};

/** Two hubs on one database, and a clock for both. */
async function twoHubs() {
	const clock = { now: Date.now() };
	const options = { now: () => clock.now };
	const hub = await newHub(options);
	return { clock, hub, other: await newHub({ ...options, sharing: hub }) };
}
/** The same tab, as it asks another hub. */
const at = (hub: { url: string }, client: TestClient, token: string) =>
	refreshWith(Object.assign(new TestClient(hub.url), { signInId: client.signInId }), token);

test('H-13 A5 F18 a refresh whose answer was lost is answered the same way minutes later, by any hub', async () => {
	const { clock, hub, other } = await twoHubs();
	const clerk = await hub.signIn('clerk', '310117');
	const socket = await clerk.socket();
	const [kept, keptToken] = [cookieOf(clerk), clerk.token];
	await clerk.refresh();
	const lost = cookieOf(clerk);
	expect(lost).not.toBe(kept);

	// The page goes on with the access token that it has, which says nothing of the lost one.
	const page = at(other, clerk, kept);
	page.token = keptToken;
	await page.me();
	clock.now += 7 * 60_000;
	await page.refresh();
	expect(cookieOf(page)).toBe(lost);
	await page.me();
	await ask(socket, 'auth:renew', { token: page.token });
	await page.refresh();
	expect(cookieOf(page)).not.toBe(lost);
	expect(socket.connected).toBe(true);
	socket.close();
});

test.each(['a request', 'a socket', 'the next refresh'])(
	'A5 once the successor was used by %s, the token before it is theft at every hub: the sign-in ends for both',
	async (use) => {
		const { hub, other } = await twoHubs();
		const clerk = await hub.signIn('clerk', '310117');
		const watching = await clerk.socket();
		const told = once(watching as never, 'auth:revoked');
		const stolen = cookieOf(clerk);
		await clerk.refresh();
		if (use === 'a request') await clerk.me();
		if (use === 'a socket') (await clerk.socket()).close();
		if (use === 'the next refresh') await clerk.refresh();
		const theft = { code: 'AUTH-2004', params: { reason: 'theft' } };
		const thief = at(other, clerk, stolen);
		expect(await thief.refused('POST', '/auth/refresh', { signInId: clerk.signInId })).toMatchObject(theft);
		expect(await told).toEqual([{ code: 'AUTH-2004', reason: 'theft' }]);
		expect(await clerk.refused('GET', '/me')).toMatchObject(theft);
		expect(await clerk.refused('POST', '/auth/refresh', { signInId: clerk.signInId })).toMatchObject(theft);
	},
);

test('A5 a thief who took the lost answer’s place is found out as soon as the owner comes back', async () => {
	const { clock, hub, other } = await twoHubs();
	const clerk = await hub.signIn('clerk', '310117');
	const kept = cookieOf(clerk);
	await clerk.refresh();
	const thief = at(other, clerk, kept);
	await thief.refresh();
	await thief.me();
	clock.now += 60_000;
	await expect(at(hub, clerk, kept).refresh()).rejects.toMatchObject({ code: 'AUTH-2004' });
	expect(await thief.refused('GET', '/me')).toMatchObject({ code: 'AUTH-2004' });
});

test('X2 a token two generations old is theft', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const stolen = cookieOf(clerk);
	await clerk.refresh();
	await clerk.refresh();
	await expect(refreshWith(clerk, stolen).refresh()).rejects.toMatchObject({ code: 'AUTH-2004' });
	await expect(clerk.refresh()).rejects.toMatchObject({ code: 'AUTH-2004' });
});

test('X2 an invented token ends nobody’s sign-in', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const other = await hub.signIn('clerk', '310117');
	for (const token of ['x', 'x.y', cookieOf(other), `${'A'.repeat(43)}.${'A'.repeat(22)}`]) {
		await expect(refreshWith(clerk, token).refresh()).rejects.toMatchObject({ code: 'AUTH-2003' });
	}
	await clerk.refresh();
	await other.refresh();
});

test('X2 ten refreshes at once with one token all get the same successor', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const token = cookieOf(clerk);
	const tabs = Array.from({ length: 10 }, () => refreshWith(clerk, token));
	await Promise.all(tabs.map((tab) => tab.refresh()));
	expect(new Set(tabs.map(cookieOf)).size).toBe(1);
});

test('A9 two people in two tabs of one browser do not disturb each other', async () => {
	const hub = await newHub();
	const browser = new Map<string, string>();
	const a = await hub.addStaff({ role: 'clerk', city: '310117' });
	const b = await hub.addStaff({ role: 'approver', city: '310117' });
	const tabA = new TestClient(hub.url, browser);
	const tabB = new TestClient(hub.url, browser);
	await tabA.signIn(a.name, a.password);
	await tabB.signIn(b.name, b.password);
	await tabA.refresh();
	await tabB.refresh();
	expect((await tabA.me()).staff.id).toBe(a.id);
	expect((await tabB.me()).staff.id).toBe(b.id);
	await tabB.post('/auth/sign-out');
	expect(await tabB.refused('POST', '/auth/refresh', { signInId: tabB.signInId })).toMatchObject({
		status: 401,
	});
	await tabA.refresh();
	expect([...browser.keys()].filter((name) => name.startsWith('ch_r_'))).toEqual([`ch_r_${tabA.signInId}`]);
});

test('pages of other sites can neither sign in nor refresh', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const body = { signInId: clerk.signInId };
	const foreign: Record<string, string>[] = [
		{ origin: 'https://evil.example' },
		{ origin: 'null' },
		{ 'sec-fetch-site': 'cross-site' },
	];
	for (const headers of foreign) {
		const refused = await clerk.refused('POST', '/auth/refresh', body, headers);
		expect(refused).toMatchObject({ status: 403, code: 'REQ-1010' });
	}
	const own = await clerk.send('POST', '/auth/refresh', body, {
		origin: hub.url,
		'sec-fetch-site': 'same-origin',
	});
	expect(own.status).toBe(200);
});

test('X2 one’s sign-ins are listed; ending one cuts its sockets, on another hub within seconds', async () => {
	const hub = await newHub();
	const second = await newHub({ sharing: hub });
	const { name, password } = await hub.addStaff({ role: 'clerk', city: '310117' });
	const [here, there] = [hub.client(), second.client()];
	await here.signIn(name, password);
	await there.signIn(name, password);
	const list = (await here.get('/auth/sign-ins')) as { signIns: { id: string; current: boolean }[] };
	expect(list.signIns.map(({ id, current }) => [id, current]).sort()).toEqual(
		[
			[here.signInId, true],
			[there.signInId, false],
		].sort(),
	);

	const stays = await here.socket();
	const goes = await there.socket();
	const told = once(goes as never, 'auth:revoked');
	const cut = once(goes as never, 'disconnect');
	await here.delete(`/auth/sign-ins/${there.signInId}`);
	expect(await told).toEqual([{ code: 'AUTH-2004', reason: 'revoked' }]);
	await cut;
	expect(stays.connected).toBe(true);
	await expect(there.socket()).rejects.toMatchObject({ code: 'AUTH-2004' });
	expect(await here.refused('DELETE', `/auth/sign-ins/${there.signInId}`)).toMatchObject({
		code: 'REQ-1004',
	});

	const stranger = await hub.signIn('clerk', '310117');
	expect(await stranger.refused('DELETE', `/auth/sign-ins/${here.signInId}`)).toMatchObject({ status: 404 });
	stays.close();
});

test('X2 an open socket outlives its token when it is renewed in time, and only then', async () => {
	let now = Date.now();
	const hub = await newHub({ now: () => now });
	const [lazy, careful] = [await hub.signIn('clerk', '310117'), await hub.signIn('clerk', '310117')];
	const [unrenewed, renewed] = [await lazy.socket(), await careful.socket()];
	const gone = once(unrenewed as never, 'disconnect');
	now += 5 * 60_000;
	await careful.refresh();
	await ask(renewed, 'auth:renew', { token: careful.token });
	await lazy.refresh();
	await expect(ask(renewed, 'auth:renew', { token: lazy.token })).rejects.toMatchObject({
		code: 'AUTH-2003',
	});
	now += 6 * 60_000;
	await gone;
	expect(renewed.connected).toBe(true);
	renewed.close();
});

test('F35 a sign-in that ended says why, by REST and to its sockets, to whichever hub one asks', async () => {
	const { hub, other } = await twoHubs();
	const admin = await hub.signIn('administrator', '310117');
	const { id, name, password } = await hub.addStaff({ role: 'clerk', city: '310117' });
	const ends: [string, (tab: TestClient) => Promise<unknown>][] = [
		['signedOut', (tab) => tab.post('/auth/sign-out')],
		[
			'passwordChanged',
			async () => {
				const elsewhere = hub.client();
				await elsewhere.signIn(name, password);
				await elsewhere.post('/auth/password', { current: password, next: 'river Bank 42' });
			},
		],
		['passwordReset', () => admin.post(`/staff/${id}/password-reset`)],
	];
	let current = password;
	for (const [reason, end] of ends) {
		const tab = hub.client();
		await tab.signIn(name, current);
		const socket = await tab.socket();
		const told = once(socket as never, 'auth:revoked');
		await end(tab);
		expect(await told).toEqual([{ code: 'AUTH-2004', reason }]);
		const ended = { code: 'AUTH-2004', params: { reason } };
		expect(await tab.refused('GET', '/me')).toMatchObject(ended);
		// The cookie went with signing out; the second tab of the sign-in is told the reason all the same.
		const second = Object.assign(new TestClient(other.url), { signInId: tab.signInId });
		expect(await second.refused('POST', '/auth/refresh', { signInId: tab.signInId })).toMatchObject(ended);
		if (reason === 'passwordChanged') current = 'river Bank 42';
	}
});
