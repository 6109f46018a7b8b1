import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NODES_NAMESPACE } from '@counter-hub/shared/media/nodeProtocol.ts';
import { TestPeer } from '../media/TestPeer.ts';
import { Processes } from '../platform/processes.ts';
import { ask, TestClient } from '../platform/TestClient.ts';
import { HANGZHOU, next, openCase, SONGJIANG } from '../sessions/newCounters.ts';

let processes: Processes;
let clerk: TestClient;
let approver: TestClient;
beforeAll(async () => {
	processes = await Processes.start();
	clerk = await processes.signIn('clerk', SONGJIANG);
	approver = await processes.signIn('approver', HANGZHOU);
}, 120_000);
afterAll(async () => {
	await processes.close();
});

const claimsOf = (token: string): jwt.JwtPayload => jwt.decode(token, { json: true }) ?? {};
/** Another body under the old signature, as somebody does who cannot sign. */
function tampered(token: string, change: object): string {
	const [header = '', , signature = ''] = token.split('.');
	const body = Buffer.from(JSON.stringify({ ...claimsOf(token), ...change })).toString('base64url');
	return `${header}.${body}.${signature}`;
}
function unsigned(claims: object): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}

test('H-1 X2 stale, foreign, tampered and unsigned access tokens open neither REST nor sockets', async () => {
	const secret = processes.registry.env['ACCESS_TOKEN_SECRET'] ?? '';
	const claims = claimsOf(clerk.token);
	const { sub, sid }: Record<string, unknown> = claimsOf(approver.token);
	const past = Math.floor(Date.now() / 1000) - 60;
	const sign = (change: object, key = secret) =>
		jwt.sign({ ...claims, ...change }, key, { algorithm: 'HS256' });
	const forged = {
		expired: sign({ iat: past - 600, exp: past }),
		'of another key': sign({}, 'another-secret-of-at-least-32-characters'),
		'of another audience': sign({ aud: 'media' }),
		'of another issuer': sign({ iss: 'somebody' }),
		'another person’s by the same sign-in': sign({ sub }),
		'of a sign-in that never was': sign({ sid: randomUUID() }),
		'with a body of another person': tampered(clerk.token, { sub, sid }),
		'with a later end': tampered(clerk.token, { exp: past + 1e6 }),
		unsigned: unsigned(claims),
		'signed otherwise': jwt.sign(claims, secret, { algorithm: 'HS512' }),
		'a media token': (await admission()).token,
		'no token at all': 'x.y.z',
	};
	const stranger = new TestClient(processes.hub.ready.url);
	for (const [what, token] of Object.entries(forged)) {
		stranger.token = token;
		expect(await stranger.refused('GET', '/cases'), what).toMatchObject({ status: 401, code: 'AUTH-2003' });
		await expect(stranger.socket(), what).rejects.toMatchObject({ code: 'AUTH-2003' });
	}
	// Nor does one keep a socket with what belongs to another sign-in.
	const socket = await clerk.socket();
	await expect(ask(socket, 'auth:renew', { token: approver.token })).rejects.toMatchObject({
		code: 'AUTH-2003',
	});
	socket.close();
});

test('M-1 M-5 N-1 media tokens: foreign, tampered, unsigned, for another room; and no page is a media node', async () => {
	const { signalUrl } = processes.node?.ready ?? { signalUrl: '' };
	const [own, other] = [await admission(), await admission()];
	const join = (token: string) => TestPeer.join(signalUrl, { token });
	const publicKey = processes.registry.env['MEDIA_GRANT_PRIVATE_KEY'] ?? '';
	for (const token of [
		clerk.token,
		tampered(own.token, { hidden: true }),
		tampered(own.token, { roomId: other.roomId }),
		unsigned(claimsOf(own.token)),
		jwt.sign(claimsOf(own.token), publicKey.slice(0, 64), { algorithm: 'HS256' }),
	]) {
		await expect(join(token)).rejects.toMatchObject({ code: 'MEDIA-6001' });
	}
	const peer = await join(own.token);
	await expect(peer.ask('grant', { token: other.token })).rejects.toMatchObject({ code: 'MEDIA-6003' });
	peer.close();

	for (const [credential, code] of [
		['guessed-credential-of-a-node-0123456789', 'NODE-7001'],
		[clerk.token.slice(0, 64), 'NODE-7001'],
		['', 'REQ-1001'],
	] as const) {
		const url = 'http://127.0.0.1:9';
		const run = { nodeId: 'rogue', epoch: 1, city: null, version: '1' };
		const auth = { ...run, credential, signalUrl: url, spanUrl: url };
		const socket = io(`${processes.hub.ready.url}${NODES_NAMESPACE}`, {
			auth,
			transports: ['websocket'],
			forceNew: true,
			reconnection: false,
		});
		const refusal = await new Promise<unknown>((settle) => socket.once('connect_error', settle));
		expect(refusal).toMatchObject({ data: { code } });
		socket.close();
	}
});

test('H-1 X2 a stolen refresh cookie: the first use of an old token ends the sign-in, for thief and owner alike', async () => {
	const owner = await processes.signIn('approver', HANGZHOU);
	const socket = await owner.socket();
	const thief = new TestClient(processes.hub.ready.url, new Map(owner.cookies));
	thief.signInId = owner.signInId;
	await thief.refresh();
	await thief.refresh();
	const revoked = next(socket, 'auth:revoked');
	expect(await owner.refused('POST', '/auth/refresh', { signInId: owner.signInId })).toMatchObject({
		code: 'AUTH-2004',
	});
	expect((await revoked).code).toBe('AUTH-2004');
	expect(await thief.refused('GET', '/me')).toMatchObject({ code: 'AUTH-2004' });
	expect(await thief.refused('POST', '/auth/refresh', { signInId: thief.signInId })).toMatchObject({
		status: 401,
	});
});

/** An admission to the room of a new call. */
async function admission() {
	const caller = await processes.signIn('clerk', SONGJIANG);
	const socket = await caller.socket();
	const asked = { caseId: await openCase(caller), purpose: 'review' as const, note: '', callsBack: null };
	const answer = await ask(socket, 'session:request', { ...asked, commandId: randomUUID() });
	socket.close();
	return answer.admission;
}
