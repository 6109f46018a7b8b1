import { randomUUID } from 'node:crypto';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { MediaGrant } from '@counter-hub/shared/media/grant.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newMediaNode, type TestNode } from '../platform/newMediaNode.ts';
import { TestPeer } from './TestPeer.ts';

let media: TestNode;
beforeAll(async () => {
	media = await newMediaNode();
});
afterAll(() => media.close());

type Terms = Partial<MediaGrant>;
const join = (terms: Terms) => TestPeer.join(media.signalUrl, { token: media.grants.sign(terms) });
const serverConsumer = (peer: TestPeer, consumerId: string) =>
	media.node.rooms
		.find(peer.welcome.roomId)
		?.peers.get(peer.welcome.participantId)
		?.subscriptions.get(consumerId)?.consumer;

describe('lobby', () => {
	test('M-2 the lobby holds paused consumers; nothing flows, and it cannot publish', async () => {
		const roomId = newId();
		const caller = await join({ roomId });
		await caller.produce('camera');
		const callee = await join({ roomId, stage: 'lobby' });
		const [consumer] = await callee.ready();
		const consumerId = consumer?.consumerId ?? '';
		await callee.take(consumerId);
		expect(serverConsumer(callee, consumerId)?.paused).toBe(true);
		await expect(callee.produce('camera')).rejects.toMatchObject({ code: 'MEDIA-6006' });
		expect(serverConsumer(callee, consumerId)?.paused).toBe(true);
		expect(caller.all('participant:joined')).toEqual([]);
		callee.close();
		caller.close();
	});

	test.each(['page', 'hub'] as const)(
		'M-6 a member grant by the %s lets prepared streams flow at once',
		async (way) => {
			const roomId = newId();
			const participantId = randomUUID();
			const caller = await join({ roomId });
			await caller.produce('camera');
			const callee = await join({ roomId, participantId, stage: 'lobby' });
			const [consumer] = await callee.ready();
			const consumerId = consumer?.consumerId ?? '';
			await callee.take(consumerId);
			const token = media.grants.sign({ roomId, participantId, grantVersion: 2 });
			if (way === 'page') await callee.ask('grant', { token });
			else expect(media.node.rooms.grant(token)).toBe(true);
			await callee.notice('rights:changed');
			await expect.poll(() => serverConsumer(callee, consumerId)?.paused).toBe(false);
			await callee.produce('camera');
			await caller.notice('participant:joined');
			callee.close();
			caller.close();
		},
	);
});

describe('publishing', () => {
	test('M-4 a source that the token does not name is refused', async () => {
		const peer = await join({ publish: [{ source: 'microphone', audience: 'room' }] });
		await expect(peer.produce('screen')).rejects.toMatchObject({ code: 'MEDIA-6004' });
		await peer.produce('microphone');
		peer.close();
	});

	test('M-4 sound cannot be published as a picture, nor a picture as sound', async () => {
		const peer = await join({ publish: [{ source: 'camera', audience: 'room' }] });
		const { rtpParameters } = {
			rtpParameters: {
				codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
			},
		};
		const ack = await peer.askRaw('produce', {
			roomId: peer.welcome.roomId,
			workerId: peer.workerId,
			streamId: randomUUID(),
			source: 'camera',
			kind: 'audio',
			rtpParameters,
			paused: false,
		});
		expect(ack).toMatchObject({ ok: false, error: { code: 'MEDIA-6004' } });
		peer.close();
	});

	test('M-15 a repeated produce makes no second stream', async () => {
		const peer = await join({});
		const streamId = await peer.produce('document');
		await peer.produce('document', { streamId });
		const there = media.node.rooms.find(peer.welcome.roomId)?.peers.get(peer.welcome.participantId);
		expect([...(there?.streams.keys() ?? [])]).toEqual([streamId]);
		peer.close();
	});
});

describe('changes in mid-call', () => {
	test('M-5 a newer grant closes what it forbids, for publisher and viewers', async () => {
		const terms = { roomId: newId(), participantId: randomUUID() };
		const publisher = await join(terms);
		const camera = await publisher.produce('camera');
		const document = await publisher.produce('document');
		const viewer = await join({ roomId: terms.roomId });
		expect((await viewer.ready()).map(({ streamId }) => streamId).sort()).toEqual([camera, document].sort());
		const token = media.grants.sign({
			...terms,
			grantVersion: 2,
			publish: [{ source: 'document', audience: 'room' }],
		});
		await publisher.ask('grant', { token });
		expect(await publisher.notice('stream:closed')).toMatchObject({ streamId: camera });
		await viewer.notice('consumer:closed');
		expect(viewer.all('consumer:closed')).toHaveLength(1);
		publisher.close();
		viewer.close();
	});

	test('M-5 an older grant is refused, the same one is a harmless repeat, a foreign one is refused', async () => {
		const terms = { roomId: newId(), participantId: randomUUID() };
		const peer = await join({ ...terms, grantVersion: 3 });
		const grant = (more: Terms) => peer.ask('grant', { token: media.grants.sign({ ...terms, ...more }) });
		await expect(grant({ grantVersion: 2 })).rejects.toMatchObject({ code: 'MEDIA-6014' });
		await expect(grant({ grantVersion: 3 })).resolves.toMatchObject({ grantVersion: 3 });
		await expect(grant({ grantVersion: 4, roomId: newId() })).rejects.toMatchObject({ code: 'MEDIA-6003' });
		await expect(grant({ grantVersion: 4, participantId: randomUUID() })).rejects.toMatchObject({
			code: 'MEDIA-6003',
		});
		peer.close();
	});

	test('M-5 a grant for somebody who is away is in force when he comes with an older token', async () => {
		const terms = { roomId: newId(), participantId: randomUUID() };
		const early = media.grants.sign({ ...terms, stage: 'lobby' });
		expect(media.node.rooms.grant(media.grants.sign({ ...terms, grantVersion: 2 }))).toBe(false);
		const peer = await TestPeer.join(media.signalUrl, { token: early });
		expect(peer.welcome.rights).toMatchObject({ stage: 'member', grantVersion: 2 });
		peer.close();
	});

	test('M-11 a removed participant is told, and his token admits no more; a newer one does', async () => {
		const terms = { roomId: newId(), participantId: randomUUID() };
		const token = media.grants.sign(terms);
		const peer = await TestPeer.join(media.signalUrl, { token });
		media.node.rooms.remove(terms.roomId, terms.participantId, 'hub', 1);
		expect(await peer.notice('removed')).toMatchObject({ reason: 'hub' });
		await expect(TestPeer.join(media.signalUrl, { token })).rejects.toMatchObject({ code: 'AUTH-2008' });
		const again = await join({ ...terms, grantVersion: 2 });
		again.close();
	});

	test('M-11 a closed room does not come back', async () => {
		const roomId = newId();
		const peer = await join({ roomId });
		media.node.rooms.closeRoom(roomId);
		await peer.notice('room:closed');
		await expect(join({ roomId })).rejects.toMatchObject({ code: 'CALL-5003' });
	});
});

describe('who perceives whom', () => {
	test('M-3 a stream with an audience of one is announced to that one only', async () => {
		const roomId = newId();
		const listener = await join({ roomId });
		const bystander = await join({ roomId });
		await Promise.all([listener.ready(), bystander.ready()]);
		const whisperer = await join({
			roomId,
			hidden: true,
			publish: [{ source: 'microphone', audience: [listener.welcome.participantId] }],
		});
		const streamId = await whisperer.produce('microphone');
		expect((await listener.notice('consumers:new')).consumers).toMatchObject([
			{ streamId, source: 'microphone' },
		]);
		const marker = await join({ roomId });
		const loud = await marker.produce('microphone');
		await bystander.notice('consumers:new');
		expect(
			bystander.all('consumers:new').flatMap(({ consumers }) => consumers.map((one) => one.streamId)),
		).toEqual([loud]);
		for (const peer of [listener, bystander, whisperer, marker]) peer.close();
	});

	test('M-3 nobody is told of a hidden participant; who may not subscribe perceives nothing', async () => {
		const roomId = newId();
		const open = await join({ roomId });
		await open.produce('camera');
		const hidden = await join({ roomId, hidden: true });
		const deaf = await join({ roomId, subscribe: false });
		expect(hidden.welcome.participants.map((one) => one.participantId)).toEqual([open.welcome.participantId]);
		expect(deaf.welcome.participants).toEqual([]);
		expect(await deaf.ready()).toEqual([]);
		expect(await hidden.ready()).toHaveLength(1);
		await expect
			.poll(() => open.all('participant:joined').map((one) => one.participantId))
			.toEqual([deaf.welcome.participantId]);
		for (const peer of [open, hidden, deaf]) peer.close();
	});

	test('M-3 a consumer of another participant cannot be touched', async () => {
		const roomId = newId();
		const publisher = await join({ roomId });
		await publisher.produce('camera');
		const owner = await join({ roomId });
		const [consumer] = await owner.ready();
		const consumerId = consumer?.consumerId ?? '';
		const thief = await join({ roomId });
		await thief.ready();
		await thief.take(consumerId);
		expect(serverConsumer(owner, consumerId)?.paused).toBe(true);
		await expect(thief.ask('stream:close', { streamId: consumer?.streamId ?? '' })).rejects.toMatchObject({
			code: 'MEDIA-6008',
		});
		for (const peer of [publisher, owner, thief]) peer.close();
	});
});
