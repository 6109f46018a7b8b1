import { randomUUID } from 'node:crypto';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { MediaFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newMediaNode, type TestNode } from '../platform/newMediaNode.ts';
import { TestPeer } from './TestPeer.ts';

const IN_TIME = { timeout: 10_000 };

let media: TestNode;
let facts: MediaFact[];
beforeEach(async () => {
	media = await newMediaNode({
		limits: {
			emptyRoomMs: 50,
			resumeGraceMs: 100,
			layerLingerMs: 50,
			unwatchedLingerMs: 50,
			spareDelayMs: 0,
			firstPictureMs: 10,
		},
	});
	facts = [];
	media.node.rooms.on('fact', (_roomId, fact) => facts.push(fact));
});
afterEach(() => media.close());

const join = (terms: Parameters<TestNode['grants']['sign']>[0]) =>
	TestPeer.join(media.signalUrl, { token: media.grants.sign(terms) });

test('M-13 a room that everybody has left is closed; a token brings it back (M-9)', async () => {
	const roomId = newId();
	const peer = await join({ roomId });
	await peer.ask('leave', {});
	await expect.poll(() => media.node.rooms.size).toBe(0);
	expect(facts).toEqual([{ type: 'room-closed', reason: 'empty' }]);
	const again = await join({ roomId });
	expect(media.node.rooms.size).toBe(1);
	again.close();
});

test('M-13 a page that does not come back is given up after its grace', async () => {
	const participantId = randomUUID();
	const peer = await join({ participantId });
	await peer.ready();
	peer.close();
	await expect.poll(() => media.node.rooms.size).toBe(0);
	const { pageId } = peer;
	expect(facts).toEqual([
		{ type: 'participant-joined', participantId, pageId },
		{ type: 'participant-left', participantId, pageId, reason: 'connection-lost' },
		{ type: 'room-closed', reason: 'empty' },
	]);
});

test('M-13 a peer that never becomes ready, and one that never connects a transport, are removed', async () => {
	await media.close();
	media = await newMediaNode({ limits: { halfJoinedMs: 1000 } });
	const roomId = newId();
	const silent = await join({ roomId });
	const sending = await join({ roomId });
	await sending.ready();
	await sending.produce('camera');
	const idle = await join({ roomId: newId() });
	await idle.ready();
	await expect.poll(() => silent.socket.connected, IN_TIME).toBe(false);
	await expect.poll(() => sending.socket.connected, IN_TIME).toBe(false);
	expect(idle.socket.connected).toBe(true);

	// Whoever had nothing to do at first is looked at again once he has.
	await idle.produce('camera');
	await expect.poll(() => idle.socket.connected, IN_TIME).toBe(false);
});

test('M-12 the publisher is told the highest layer that somebody wants', async () => {
	const roomId = newId();
	const publisher = await join({ roomId });
	await publisher.ready();
	const streamId = await publisher.produce('camera');
	const wanted = () => publisher.all('stream:wanted').at(-1)?.wanted;
	expect(publisher.all('stream:wanted')).toEqual([]);

	const participantId = randomUUID();
	const viewer = await join({ roomId, participantId, stage: 'lobby' });
	await publisher.notice('stream:wanted');
	expect(publisher.last('stream:wanted')).toEqual({ roomId, streamId, wanted: 0 });

	const [consumer] = await viewer.ready();
	await viewer.ask('grant', { token: media.grants.sign({ roomId, participantId, grantVersion: 2 }) });
	await viewer.take(consumer?.consumerId);
	await expect.poll(wanted).toBe(2);
	await viewer.take(consumer?.consumerId, 1);
	await expect.poll(wanted).toBe(1);
	await viewer.take(consumer?.consumerId, -1);
	await expect.poll(wanted).toBe(-1);
	await viewer.take(consumer?.consumerId, 1);
	await expect.poll(wanted).toBe(1);
	await viewer.ask('leave', {});
	await expect.poll(wanted).toBe(-1);
	publisher.close();
});

test('M-10 a killed worker: all are told at once, the room lives on a spare, the same streams flow again', async () => {
	const roomId = newId();
	const [one, two] = [await join({ roomId }), await join({ roomId })];
	await Promise.all([one.ready(), two.ready()]);
	const streamId = await one.produce('camera');
	await two.notice('consumers:new');
	facts.length = 0;
	const spares = () => media.node.pool.describe().filter(({ spare }) => spare);
	await expect.poll(spares, IN_TIME).toHaveLength(1);
	const before = media.node.pool.describe();
	process.kill(before[0]?.pid ?? 0, 'SIGKILL');
	await Promise.all([one.notice('room:rebuilding'), two.notice('room:rebuilding')]);
	const [{ floor }] = await Promise.all([one.notice('room:rebuilt'), two.notice('room:rebuilt')]);
	expect(floor.workerId).not.toBe(one.welcome.floor.workerId);
	expect(facts.map(({ type }) => type)).toContain('media-lost');
	await expect.poll(() => facts.map(({ type }) => type)).toEqual(['media-lost', 'media-restored']);
	await one.produce('camera', { streamId });
	await expect
		.poll(() => two.all('consumers:new').at(-1))
		.toMatchObject({ workerId: floor.workerId, consumers: [{ streamId }] });
	await expect.poll(spares, IN_TIME).toHaveLength(1);
	const after = media.node.pool.describe();
	expect(after).toHaveLength(2);
	expect(after[0]?.pid).toBe(before[1]?.pid);
	one.close();
	two.close();
});

test('M-10 a second worker may die right after the first', async () => {
	const peer = await join({});
	await peer.ready();
	for (const { pid } of media.node.pool.describe()) process.kill(pid, 'SIGKILL');
	await expect.poll(() => peer.all('room:rebuilt').length, { timeout: 20_000 }).toBeGreaterThan(0);
	await expect
		.poll(() => peer.askRaw('transport:restart-ice', { workerId: peer.workerId, direction: 'send' }), {
			timeout: 20_000,
		})
		.toMatchObject({ ok: true });
	peer.close();
});

test('M-19 that a camera gives no new pictures is told to its viewers, and to those who come later', async () => {
	const roomId = newId();
	const [publisher, viewer] = await Promise.all([join({ roomId }), join({ roomId })]);
	await publisher.ready();
	await viewer.ready();
	const streamId = await publisher.produce('document');
	await viewer.notice('consumers:new');
	const consumerId = viewer.last('consumers:new').consumers[0]?.consumerId ?? '';

	await publisher.ask('stream:stalled', { streamId, stalled: true });
	await publisher.ask('stream:stalled', { streamId, stalled: true });
	const late = await join({ roomId });
	expect((await late.ready())[0]).toMatchObject({ streamId, stalled: true });
	await publisher.ask('stream:stalled', { streamId, stalled: false });
	await expect
		.poll(() => viewer.all('consumer:stalled'))
		.toEqual([
			{ roomId, consumerId, stalled: true },
			{ roomId, consumerId, stalled: false },
		]);
	await expect(viewer.ask('stream:stalled', { streamId, stalled: true })).rejects.toThrow('MEDIA-6008');
});

test('M-23 a publisher whose still picture does not reach a viewer is asked for it until it does', async () => {
	const roomId = newId();
	const [sharer, viewer] = await Promise.all([join({ roomId }), join({ roomId })]);
	await sharer.ready();
	await sharer.produce('screen');
	const [picture] = await viewer.ready();
	await viewer.take(picture?.consumerId, 0);
	await sharer.notice('stream:refresh', 10);
	// Whoever does not look at it any more waits for nothing.
	await viewer.take(picture?.consumerId, -1);
	const asked = sharer.all('stream:refresh').length;
	await new Promise((resolve) => setTimeout(resolve, 1_000));
	expect(sharer.all('stream:refresh').length - asked).toBeLessThanOrEqual(1);
});
