import { randomUUID } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { MediaGrant } from '@counter-hub/shared/media/grant.ts';
import { Line } from '@counter-hub/media-server/lines/Line.ts';
import { LIMITS } from '@counter-hub/media-server/limits.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newMediaNode, type TestNode } from '../platform/newMediaNode.ts';
import { sampleRtp, TestPeer } from './TestPeer.ts';

let media: TestNode;
beforeEach(async () => {
	media = await newMediaNode({
		config: { workers: 2 },
		limits: { layerLingerMs: 50, unwatchedLingerMs: 50, says: 5, sayWindowS: 3600 },
	});
});
afterEach(() => media.close());

type Terms = Partial<MediaGrant>;
const join = (terms: Terms) => TestPeer.join(media.signalUrl, { token: media.grants.sign(terms) });
const enter = (peer: TestPeer, terms: Terms) => peer.enter(media.grants.sign(terms));

test('M-20 a page is in many rooms over one socket, with one pair of transports per worker', async () => {
	const roomIds = Array.from({ length: 6 }, () => newId());
	const publishers = await Promise.all(roomIds.map((roomId) => join({ roomId })));
	const streams = await Promise.all(publishers.map((peer) => peer.produce('camera')));
	const [first = '', ...others] = roomIds;
	const viewer = await join({ roomId: first });
	await viewer.ready();
	const entries = [viewer.welcome, ...(await Promise.all(others.map((roomId) => enter(viewer, { roomId }))))];
	expect(entries.flatMap(({ consumers }) => consumers.map(({ streamId }) => streamId)).sort()).toEqual(
		// The first room's came with the answer to `ready`.
		streams.slice(1).sort(),
	);
	const floors = new Map(entries.map(({ floor }) => [floor.workerId, floor.receiveTransport.id]));
	expect(floors.size).toBe(2);
	for (const { floor } of entries) expect(floor.receiveTransport.id).toBe(floors.get(floor.workerId));

	// Leaving one room takes nothing from the others; leaving the last ends the line.
	await viewer.ask('leave', { roomId: first });
	const late = await publishers[1]?.produce('document');
	await expect
		.poll(() => viewer.all('consumers:new').flatMap(({ consumers }) => consumers.map((one) => one.streamId)))
		.toEqual([late]);
	expect(viewer.socket.connected).toBe(true);
	for (const roomId of others) await viewer.ask('leave', { roomId });
	await expect.poll(() => viewer.socket.connected).toBe(false);
	for (const peer of publishers) peer.close();
});

test('M-7 M-20 a lost socket is resumed with all rooms; a refused token leaves the others alone', async () => {
	const [one, two] = [newId(), newId()];
	const participantId = randomUUID();
	const first = await join({ roomId: one, participantId });
	await enter(first, { roomId: two, participantId });
	const streamId = await first.produce('document', { roomId: two, workerId: await workerOf(two) });
	first.close();
	const { resumeSecret } = first.welcome;
	const { pageId } = first;
	const expired = media.grants.sign({ roomId: newId(), participantId, expiresInSeconds: -30 });
	await expect(
		TestPeer.join(media.signalUrl, { token: expired, pageId, resumeSecret }),
	).rejects.toMatchObject({ code: 'MEDIA-6002' });
	const token = media.grants.sign({ roomId: one, participantId, expiresInSeconds: -30 });
	const again = await TestPeer.join(media.signalUrl, { token, pageId, resumeSecret });
	expect(again.last('welcome')).toMatchObject({ resumed: true });
	const rooms = new Map(again.last('welcome').rooms.map((entry) => [entry.roomId, entry]));
	expect([...rooms.keys()].sort()).toEqual([one, two].sort());
	expect(rooms.get(two)).toMatchObject({ resumed: true, streams: [{ streamId }] });
	again.close();
});

test('M-10 M-20 a killed worker moves its rooms only, and the line goes on with the others', async () => {
	const roomIds = [newId(), newId()];
	const [a = '', b = ''] = roomIds;
	const viewer = await join({ roomId: a });
	await viewer.ready();
	const other = await enter(viewer, { roomId: b });
	expect(other.floor.workerId).not.toBe(viewer.welcome.floor.workerId);
	const [killed, kept] = media.node.pool.describe();
	expect([killed?.rooms, kept?.rooms]).toEqual([1, 1]);
	process.kill(killed?.pid ?? 0, 'SIGKILL');
	await viewer.notice('room:rebuilt');
	expect(viewer.all('room:rebuilding').map(({ roomId }) => roomId)).toEqual([a]);
	expect(viewer.all('room:rebuilt').map(({ roomId }) => roomId)).toEqual([a]);
	// What the page can receive is known, so nothing is asked again.
	const publisher = await join({ roomId: a });
	const streamId = await publisher.produce('camera');
	expect(await viewer.notice('consumers:new')).toMatchObject({ roomId: a, consumers: [{ streamId }] });
	publisher.close();
	viewer.close();
});

test('A4 rooms that begin in one burst are spread over the workers', async () => {
	const peers = await Promise.all(Array.from({ length: 8 }, () => join({ roomId: newId() })));
	const serving = media.node.pool.describe().filter(({ spare }) => !spare);
	expect(serving.map(({ rooms }) => rooms)).toEqual([4, 4]);
	for (const peer of peers) peer.close();
});

test('M-12 what only a hidden viewer watches tells the publisher nothing', async () => {
	const roomId = newId();
	const publisher = await join({ roomId });
	await publisher.produce('camera');
	const hidden = await join({ roomId, hidden: true });
	const [consumer] = await hidden.ready();
	await hidden.take(consumer?.consumerId);
	await sleep(150);
	expect(publisher.all('stream:wanted')).toEqual([]);
	const open = await join({ roomId });
	await expect.poll(() => publisher.all('stream:wanted').map(({ wanted }) => wanted)).toEqual([0]);
	await open.ask('leave', {});
	await expect.poll(() => publisher.all('stream:wanted').map(({ wanted }) => wanted)).toEqual([0, -1]);
	hidden.close();
	publisher.close();
});

test('M-21 volatile messages reach whoever may know of the speaker, if he may speak, within their budget', async () => {
	const roomId = newId();
	const speaker = await join({ roomId, say: true });
	const mute = await join({ roomId });
	const deaf = await join({ roomId, subscribe: false });
	const unseen = await join({ roomId, say: true, hidden: true });
	const outside = await join({ roomId: newId() });
	const all = [speaker, mute, deaf, unseen, outside];
	const say = (peer: TestPeer, message: object) => peer.socket.emit('say', { roomId, ...message });
	say(mute, { topic: 'pointer', data: 'no right' });
	say(unseen, { topic: 'pointer', data: 'hidden' });
	say(outside, { topic: 'pointer', data: 'another room' });
	say(speaker, { topic: 'Not A Topic', data: 1 });
	say(speaker, { topic: 'pointer', data: 'x'.repeat(1_100) });
	for (let n = 0; n < 8; n++) {
		say(speaker, { topic: 'pointer', data: { n } });
		// Two at the same moment may be one too many for the socket.
		await sleep(30);
	}
	await expect.poll(() => mute.all('said').length).toBe(3);
	await speaker.ask('consumer:ready', { consumers: [{ consumerId: 'x', wanted: 0 }] });
	const { participantId } = speaker.welcome;
	expect(mute.all('said')).toEqual(
		[0, 1, 2].map((n) => ({ roomId, participantId, topic: 'pointer', data: { n } })),
	);
	expect(unseen.all('said')).toHaveLength(3);
	for (const peer of [speaker, deaf, outside]) expect(peer.all('said')).toEqual([]);
	for (const peer of all) peer.close();
});

test('A7 a removal and a newer grant that come while a room is being entered are heeded', async () => {
	const { rooms } = media.node;
	const terms = { roomId: newId(), participantId: randomUUID() };
	const line = () => new Line(randomUUID(), LIMITS);
	const entering = rooms.enter(media.grants.sign(terms), line());
	rooms.remove(terms.roomId, terms.participantId, 'rights', 1);
	await expect(entering).rejects.toMatchObject({ code: 'AUTH-2008' });

	const other = { ...terms, participantId: randomUUID() };
	const admitting = rooms.enter(media.grants.sign(other), line());
	// The room exists by now, and the transports are being made.
	await Promise.resolve();
	rooms.remove(other.roomId, other.participantId, 'rights', 1);
	await expect(admitting).rejects.toMatchObject({ code: 'AUTH-2008' });

	const third = { roomId: newId(), participantId: randomUUID() };
	const coming = rooms.enter(media.grants.sign(third), line());
	rooms.grant(media.grants.sign({ ...third, grantVersion: 2, publish: [] }));
	expect((await coming).seat.grant).toMatchObject({ grantVersion: 2, publish: [] });
});

test('A7 rights that are taken while a stream is being made leave no stream and no consumer', async () => {
	const { rooms } = media.node;
	const roomId = newId();
	const publisher = await join({ roomId });
	const viewer = await join({ roomId });
	const room = rooms.find(roomId);
	const peerOf = ({ welcome }: TestPeer) => {
		const peer = room?.peers.get(welcome.participantId);
		if (!peer) throw new Error('no such peer');
		return peer;
	};
	const less = (peer: TestPeer, terms: Terms) =>
		rooms.grant(
			media.grants.sign({ roomId, participantId: peer.welcome.participantId, grantVersion: 2, ...terms }),
		);
	await publisher.produce('document');
	viewer.socket.emit('ready', { rtpCapabilities: viewer.welcome.routerRtpCapabilities });
	await expect.poll(() => peerOf(viewer).ready).toBe(true);
	await expect.poll(() => peerOf(viewer).subscriptions.size).toBe(1);

	const publishing = peerOf(publisher).publish(publisher.workerId, {
		streamId: randomUUID(),
		source: 'camera',
		kind: 'video',
		rtpParameters: sampleRtp('camera'),
		paused: false,
	});
	less(publisher, { publish: [{ source: 'document', audience: 'room' }] });
	await expect(publishing).rejects.toMatchObject({ code: 'MEDIA-6004' });
	expect(peerOf(publisher).streams.size).toBe(1);

	for (const subscription of peerOf(viewer).subscriptions.values()) peerOf(viewer).unsubscribe(subscription);
	const supplying = room?.supply(peerOf(viewer));
	less(viewer, { subscribe: false });
	expect(await supplying).toEqual([]);
	expect(peerOf(viewer).subscriptions.size).toBe(0);
	publisher.close();
	viewer.close();
});

test('F33 every address that is configured is announced, on UDP and TCP', async () => {
	const announced = ['127.0.0.1', '127.0.0.2', ...ownAddress()];
	const wide = await newMediaNode({ config: { host: '0.0.0.0', announcedAddresses: announced } });
	const peer = await TestPeer.join(`http://127.0.0.1:${new URL(wide.signalUrl).port}`, {
		token: wide.grants.sign(),
	});
	const offered = peer.welcome.floor.receiveTransport.iceCandidates.map(
		({ protocol, address }) => `${protocol} ${address}`,
	);
	expect(offered.sort()).toEqual(announced.flatMap((one) => [`tcp ${one}`, `udp ${one}`]).sort());
	peer.close();
	await wide.close();
});

function ownAddress(): string[] {
	const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
	return all
		.filter(({ family, internal }) => family === 'IPv4' && !internal)
		.map(({ address }) => address)
		.slice(0, 1);
}

async function workerOf(roomId: string): Promise<string> {
	const [peer] = media.node.rooms.find(roomId)?.peers.values() ?? [];
	return await Promise.resolve(peer?.transports().workerId ?? '');
}
