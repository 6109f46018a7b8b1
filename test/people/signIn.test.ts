import jwt from 'jsonwebtoken';
import { expect, test } from 'vitest';
import { newHub, TEST_PASSWORD } from '../platform/newHub.ts';
import { TestClient } from '../platform/TestClient.ts';

test('X2 a person signs in by number, in any case of letters, and sees counter and windows', async () => {
	const hub = await newHub();
	await hub.addStaff({ role: 'clerk', city: '310117', name: '310117-a1', displayName: '陈静' });
	const clerk = hub.client();
	const answer = await clerk.signIn(' 310117-A1 ', TEST_PASSWORD);
	expect(answer.mustChangePassword).toBe(false);
	const me = await clerk.me();
	expect(me.staff).toMatchObject({
		name: '310117-a1',
		displayName: '陈静',
		role: 'clerk',
		cities: ['310117'],
	});
	expect(me.counter).toMatchObject({ cityCode: '310117', name: '松江专窗' });
	expect(me.window).toBeNull();

	const window = me.counter?.windows[1];
	const chosen = await clerk.put('/me/window', { windowId: window?.id });
	expect(chosen).toMatchObject({ window: { number: 2 } });
	const elsewhere = await clerk.refused('PUT', '/me/window', { windowId: crypto.randomUUID() });
	expect(elsewhere.code).toBe('ORG-3003');
});

test('X2 the refresh cookie is named by sign-in, httpOnly, strict, and for /api/v1/auth only', async () => {
	const hub = await newHub();
	const { name, password } = await hub.addStaff({ role: 'clerk', city: '310117' });
	const client = hub.client();
	const answer = await client.send('POST', '/auth/sign-in', { name, password });
	const [cookie = ''] = answer.headers.getSetCookie();
	const { signInId } = answer.body as { signInId: string };
	expect(cookie).toMatch(new RegExp(`^ch_r_${signInId}=`));
	expect(cookie).toContain('HttpOnly');
	expect(cookie).toContain('SameSite=Strict');
	expect(cookie).toContain('Path=/api/v1/auth;');
	expect(JSON.stringify(answer.body)).not.toContain(cookie.split(/[=;]/)[1]);
});

test('X2 a name may be tried thirty times a minute from one place, right or wrong', async () => {
	const hub = await newHub();
	const { name, password } = await hub.addStaff({ role: 'clerk', city: '310117' });
	for (let i = 0; i < 30; i++) await hub.client().signIn(name, password);
	const refused = await hub.client().refused('POST', '/auth/sign-in', { name, password });
	expect(refused).toMatchObject({ status: 429, code: 'REQ-1005' });
	expect(refused.params?.['seconds']).toBeGreaterThan(0);
});

test('X2 tokens that are foreign, unsigned, for somebody else’s use or expired are refused', async () => {
	let now = Date.now();
	const hub = await newHub({ now: () => now });
	const clerk = await hub.signIn('clerk', '310117');
	const secret = hub.server.context.config.accessTokenSecret;
	const claims = jwt.decode(clerk.token) as jwt.JwtPayload;
	const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${clerk.token.split('.')[1]}.`;
	const forged = [
		jwt.sign(claims, 'another secret of at least 32 letters'),
		jwt.sign(claims, secret, { algorithm: 'HS512' }),
		jwt.sign({ ...claims, aud: 'media' }, secret),
		jwt.sign({ ...claims, iss: 'somebody' }, secret),
		jwt.sign({ ...claims, exp: 1 }, secret),
		jwt.sign({ ...claims, sub: crypto.randomUUID() }, secret),
		jwt.sign({ ...claims, sid: crypto.randomUUID() }, secret),
		none,
		'x.y.z',
		'',
	];
	for (const token of forged) {
		const stranger = hub.client();
		const refused = await stranger.refused('GET', '/me', undefined, { authorization: `Bearer ${token}` });
		expect(refused, token).toMatchObject({ status: 401, code: 'AUTH-2003' });
		await expect(stranger.socket({ token })).rejects.toMatchObject({ code: 'AUTH-2003' });
	}
	now += 8 * 24 * 3_600_000;
});

test('X2 the first password must be changed before anything else', async () => {
	const hub = await newHub();
	const { name } = await hub.addStaff({
		role: 'clerk',
		city: '310117',
		displayName: '陈静',
		mustChangePassword: true,
	});
	const client = hub.client();
	expect((await client.signIn(name, TEST_PASSWORD)).mustChangePassword).toBe(true);
	expect(await client.refused('GET', '/items')).toMatchObject({ status: 403, code: 'AUTH-2006' });
	await expect(client.socket()).rejects.toMatchObject({ code: 'AUTH-2006' });
	expect((await client.me()).staff.mustChangePassword).toBe(true);

	const change = (next: string) => client.refused('POST', '/auth/password', { current: TEST_PASSWORD, next });
	expect(await change('short')).toMatchObject({ code: 'REQ-1001' });
	expect(await change('aaaaaaaaaaaa')).toMatchObject({ code: 'AUTH-2007', params: { reason: 'repetitive' } });
	expect(await change('1234567890')).toMatchObject({ code: 'AUTH-2007', params: { reason: 'sequence' } });
	expect(await change(`secret-${name}`)).toMatchObject({
		code: 'AUTH-2007',
		params: { reason: 'containsName' },
	});
	expect(await change('我的密码是陈静的生日19900101')).toMatchObject({ params: { reason: 'containsName' } });
	expect(await change(TEST_PASSWORD)).toMatchObject({ code: 'AUTH-2007', params: { reason: 'unchanged' } });
	expect(
		await client.refused('POST', '/auth/password', { current: 'wrong', next: 'river Bank 42' }),
	).toMatchObject({ code: 'AUTH-2001' });

	await client.post('/auth/password', { current: TEST_PASSWORD, next: 'river Bank 42' });
	await client.get('/items');
	await hub.client().signIn(name, 'river Bank 42');
	expect(
		await hub.client().refused('POST', '/auth/sign-in', { name, password: TEST_PASSWORD }),
	).toMatchObject({
		code: 'AUTH-2001',
	});
});

test('X2 no sign-in with the old password outlives a new one, however close they are', async () => {
	const hub = await newHub();
	const admin = await hub.signIn('administrator', '310117');
	const { id, name, password } = await hub.addStaff({ role: 'clerk', city: '310117' });
	const clients = Array.from({ length: 6 }, () => hub.client());
	const attempts = clients.map((client) =>
		client.signIn(name, password).then(
			() => true,
			() => false,
		),
	);
	const reset = admin.post(`/staff/${id}/password-reset`);
	const admitted = await Promise.all(attempts);
	await reset;
	for (const [index, client] of clients.entries()) {
		if (admitted[index]) expect(await client.refused('GET', '/me')).toMatchObject({ code: 'AUTH-2004' });
	}
});

test('bad bodies are coded errors: malformed, oversized, operators where text belongs', async () => {
	const hub = await newHub();
	const client = new TestClient(hub.url);
	const send = (body: unknown) => client.refused('POST', '/auth/sign-in', body);
	expect(await send('{"name":')).toMatchObject({ status: 400, code: 'REQ-1002' });
	expect(await send({ name: { $ne: '' }, password: { $ne: '' } })).toMatchObject({
		status: 422,
		code: 'REQ-1001',
	});
	expect(await send({ name: 'abc', password: 'x', admin: true })).toMatchObject({ code: 'REQ-1001' });
	expect(await send({ name: 'abc', password: 'x'.repeat(400_000) })).toMatchObject({
		status: 413,
		code: 'REQ-1003',
	});
	expect(await send([])).toMatchObject({ code: 'REQ-1001' });
	expect(await client.refused('POST', '/auth/refresh', { signInId: { $gt: '' } })).toMatchObject({
		code: 'REQ-1001',
	});
});
