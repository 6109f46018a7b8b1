import { randomUUID } from 'node:crypto';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newMediaNode, TestGrants, type TestNode } from '../platform/newMediaNode.ts';
import { TestPeer } from './TestPeer.ts';

let media: TestNode;
beforeAll(async () => {
	media = await newMediaNode();
});
afterAll(() => media.close());

const join = (token: string, more: { pageId?: string; resumeSecret?: string } = {}) =>
	TestPeer.join(media.signalUrl, { token, ...more });

test('M-1 a token of the hub lets in, and the welcome holds all that a page needs', async () => {
	const roomId = newId();
	const participantId = randomUUID();
	const peer = await join(media.grants.sign({ roomId, participantId }));
	expect(peer.welcome).toMatchObject({ resumed: false, roomId, participantId, ready: false });
	expect(peer.welcome.floor.sendTransport.iceCandidates.map(({ protocol }) => protocol).sort()).toEqual([
		'tcp',
		'udp',
	]);
	peer.close();
});

test('M-1 an expired token is refused with its own code', async () => {
	await expect(join(media.grants.sign({ expiresInSeconds: -30 }))).rejects.toMatchObject({
		code: 'MEDIA-6002',
	});
});

test('M-1 a token that another key signed is refused', async () => {
	await expect(join(new TestGrants().sign())).rejects.toMatchObject({ code: 'MEDIA-6001' });
});

test('M-1 unsigned tokens and tokens signed with the public key as a secret are refused', async () => {
	const claims = jwt.decode(media.grants.sign(), { json: true }) ?? {};
	const unsigned = jwt.sign(claims, '', { algorithm: 'none' });
	await expect(join(unsigned)).rejects.toMatchObject({ code: 'MEDIA-6001' });
	const [header, body] = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) =>
		Buffer.from(JSON.stringify(part)).toString('base64url'),
	);
	await expect(join(`${String(header)}.${String(body)}.c2lnbmF0dXJl`)).rejects.toMatchObject({
		code: 'MEDIA-6001',
	});
});

test('M-1 a token for another audience is refused', async () => {
	const token = media.grants.sign({ aud: 'hub' as 'media' });
	await expect(join(token)).rejects.toMatchObject({ code: 'MEDIA-6001' });
});

test('M-1 a handshake that is not of the agreed form is refused', async () => {
	await expect(join(media.grants.sign(), { pageId: 'not a page' })).rejects.toMatchObject({
		code: 'REQ-1001',
	});
	await expect(join('')).rejects.toMatchObject({ code: 'REQ-1001' });
});

test('M-7 a page that lost its socket comes back to the same transports, even with an expired token', async () => {
	const terms = { roomId: newId(), participantId: randomUUID() };
	const first = await join(media.grants.sign(terms));
	const streamId = await first.produce('camera');
	first.close();
	const expired = media.grants.sign({ ...terms, expiresInSeconds: -30 });
	const { resumeSecret, floor } = first.welcome;
	const again = await join(expired, { pageId: first.pageId, resumeSecret });
	expect(again.welcome).toMatchObject({ resumed: true, streams: [{ streamId }] });
	expect(again.welcome.floor).toEqual(floor);
	again.close();
});

test('M-7 a wrong secret, or the right one from another page, resumes nothing', async () => {
	const terms = { roomId: newId(), participantId: randomUUID() };
	const first = await join(media.grants.sign(terms));
	first.close();
	const { resumeSecret } = first.welcome;
	const expired = media.grants.sign({ ...terms, expiresInSeconds: -30 });
	const wrong = 'x'.repeat(resumeSecret.length);
	await expect(join(expired, { pageId: first.pageId, resumeSecret: wrong })).rejects.toMatchObject({
		code: 'MEDIA-6002',
	});
	await expect(join(expired, { resumeSecret })).rejects.toMatchObject({ code: 'MEDIA-6002' });
});

test('M-8 a new page of the same participant supersedes the old one, which is told', async () => {
	const terms = { roomId: newId(), participantId: randomUUID() };
	const old = await join(media.grants.sign(terms));
	const streamId = await old.produce('camera');
	const viewer = await join(media.grants.sign({ roomId: terms.roomId }));
	expect(await viewer.ready()).toMatchObject([{ streamId }]);
	const young = await join(media.grants.sign(terms));
	await old.notice('superseded');
	await expect.poll(() => old.socket.connected).toBe(false);
	await viewer.notice('consumer:closed');
	expect(viewer.all('participant:left')).toEqual([]);
	expect(young.welcome).toMatchObject({ resumed: false, streams: [] });
	// The old page was offline, and comes back with what it had.
	const before = media.grants.sign({ ...terms, iat: Math.floor(Date.now() / 1000) - 30 });
	await expect(join(before)).rejects.toMatchObject({ code: 'MEDIA-6011' });
	young.close();
	viewer.close();
});

test('M-16 a lost socket changes nothing for the others but the mark that it is gone', async () => {
	const roomId = newId();
	const viewer = await join(media.grants.sign({ roomId }));
	const other = await join(media.grants.sign({ roomId }));
	const streamId = await other.produce('document');
	expect(await viewer.ready()).toMatchObject([{ streamId }]);
	other.close();
	const changed = await viewer.notice('participant:changed');
	await expect.poll(() => viewer.last('participant:changed').connected).toBe(false);
	expect(changed.participantId).toBe(other.welcome.participantId);
	expect(viewer.all('consumer:closed')).toEqual([]);
	viewer.close();
});
