import { randomUUID } from 'node:crypto';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { MediaFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import { SPANS_NAMESPACE } from '@counter-hub/shared/media/spanProtocol.ts';
import { observer, type types } from 'mediasoup';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LoadClient } from '../bench/load/LoadClient.ts';
import { productSignal } from '../bench/load/productSignal.ts';
import type { LoadSource } from '../bench/load/Stream.ts';
import { CuttableLine } from '../platform/CuttableLine.ts';
import { newMediaNode, TestGrants, type TestNode } from '../platform/newMediaNode.ts';
import { TestPeer } from './TestPeer.ts';

const IN_TIME = { timeout: 15_000 };
/** Of `newMediaNode`. */
const CREDENTIAL = 'test-credential-of-the-media-nodes-0123456789';
const LIMITS = {
	emptyRoomMs: 50,
	resumeGraceMs: 20_000,
	layerLingerMs: 50,
	unwatchedLingerMs: 50,
	spareDelayMs: 0,
	homePatienceMs: 500,
};

/** What goes over from one node to another, of all nodes in this process. */
const crossings: types.Consumer[] = [];
observer.on('newworker', (worker) => {
	worker.observer.on('newrouter', (router) => {
		router.observer.on('newtransport', (transport) => {
			if (transport.type === 'pipe')
				transport.observer.on('newconsumer', (consumer) => crossings.push(consumer));
		});
	});
});

type Terms = Parameters<TestGrants['sign']>[0];

/** Three nodes: rooms stand on the first, pages come in by all. */
let grants: TestGrants;
let home: TestNode;
let away: TestNode;
let third: TestNode;
let facts: MediaFact[];
/** What the other nodes reach the home by. */
let line: CuttableLine;
let running: { stop: () => void }[];
beforeEach(async () => {
	grants = new TestGrants();
	const node = (nodeId: string) => newMediaNode({ limits: LIMITS, config: { nodeId }, grants });
	[home, away, third] = [await node('home'), await node('away'), await node('third')];
	line = await CuttableLine.to(home.signalUrl);
	facts = [];
	running = [];
	home.node.rooms.on('fact', (_roomId, fact) => facts.push(fact));
});
afterEach(async () => {
	for (const one of running) one.stop();
	await Promise.all([home, away, third].map((node) => node.close()));
	line.close();
});

const tokenAt = (node: TestNode, terms: Terms) =>
	grants.sign({ ...terms, ...(node !== home && { home: { nodeId: 'home', url: line.url } }) });
const join = (node: TestNode, terms: Terms) => TestPeer.join(node.signalUrl, { token: tokenAt(node, terms) });

/** A participant that sends real packets until the test is over. */
async function sends(node: TestNode, terms: Terms, sources: readonly LoadSource[]): Promise<LoadClient> {
	const client = await LoadClient.join(await productSignal(node.signalUrl, [tokenAt(node, terms)]), sources);
	const pace = setInterval(() => client.sendDue(performance.now()), 5);
	const reports = setInterval(() => client.sendReports(), 500);
	running.push({
		stop: () => {
			clearInterval(pace);
			clearInterval(reports);
			client.close();
		},
	});
	return client;
}
const packetsOf = (client: LoadClient) =>
	[...client.received.values()].reduce((sum, { packets }) => sum + packets, 0);

describe('X6 a room spans nodes', () => {
	test('X6 B-1 streams go both ways between pages of two nodes, and the home alone tells the hub', async () => {
		const roomId = newId();
		const one = await sends(away, { roomId }, ['microphone', 'document']);
		const other = await sends(home, { roomId }, ['microphone', 'camera']);
		await expect.poll(() => one.received.size, IN_TIME).toBe(2);
		await expect.poll(() => other.received.size, IN_TIME).toBe(2);
		for (const client of [one, other]) {
			const before = packetsOf(client);
			await expect.poll(() => packetsOf(client), IN_TIME).toBeGreaterThan(before + 100);
		}
		expect(facts.filter(({ type }) => type === 'participant-joined')).toHaveLength(2);
		expect(away.node.rooms.size).toBe(0);
	});

	test('X6 B-2 from one away node to another by way of the home', async () => {
		const roomId = newId();
		await sends(away, { roomId }, ['document']);
		const viewer = await sends(third, { roomId }, []);
		await expect.poll(() => packetsOf(viewer), IN_TIME).toBeGreaterThan(50);
	});

	test('X6 B-3 a stream crosses a line once, and only while somebody beyond watches it', async () => {
		const roomId = newId();
		const sender = await join(home, { roomId });
		await sender.ready();
		await sender.produce('document');
		const consumersAtHome = async () => (await home.node.pool.holds()).subscriptions;
		expect(await consumersAtHome()).toBe(0);
		const viewers = [await join(away, { roomId }), await join(away, { roomId })];
		for (const viewer of viewers) {
			const [consumer] = await viewer.ready();
			await viewer.take(consumer?.consumerId);
		}
		// Once over the line, and to each page there.
		const [crossing, ...others] = crossings.filter(({ closed }) => !closed);
		expect(others).toEqual([]);
		await expect.poll(() => crossing?.paused, IN_TIME).toBe(false);
		expect(await consumersAtHome()).toBe(1);
		expect((await away.node.pool.holds()).subscriptions).toBe(2);
		const [room] = [home.node.rooms.find(roomId)];
		const taps = () => [...(room?.peers.values() ?? [])].flatMap((peer) => [...peer.subscriptions.values()]);
		expect(taps().map(({ consumer }) => consumer.paused)).toEqual([false, false]);
		for (const viewer of viewers) {
			const consumer = viewer.all('consumers:new').at(-1)?.consumers[0];
			await viewer.take(consumer?.consumerId ?? taps()[viewers.indexOf(viewer)]?.consumer.id, -1);
		}
		await expect.poll(() => taps().every(({ consumer }) => consumer.paused), IN_TIME).toBe(true);
		await expect.poll(() => crossing?.paused, IN_TIME).toBe(true);
	});

	test('X6 B-4 whispers and the lobby hold across nodes', async () => {
		const roomId = newId();
		const [whispered, listener] = [randomUUID(), randomUUID()];
		const speaker = await join(home, {
			roomId,
			publish: [{ source: 'microphone', audience: [listener] }],
		});
		await speaker.ready();
		await speaker.produce('microphone');
		const hears = await join(away, { roomId, participantId: listener });
		expect(await hears.ready()).toHaveLength(1);
		const deaf = await join(away, { roomId, participantId: whispered });
		expect(await deaf.ready()).toEqual([]);
		// Whoever is in the lobby gets nothing, wherever he comes in.
		const waiting = await join(away, { roomId, stage: 'lobby' });
		await expect(waiting.produce('camera')).rejects.toMatchObject({ code: 'MEDIA-6006' });
	});

	test('X6 B-5 what is refused at the home is refused to the page with the same words', async () => {
		const roomId = newId();
		await expect(join(away, { roomId, expiresInSeconds: -60 })).rejects.toMatchObject({ code: 'MEDIA-6002' });
		const participantId = randomUUID();
		const peer = await join(away, { roomId, participantId });
		home.node.rooms.remove(roomId, participantId, 'rights', 1);
		expect((await peer.notice('removed')).reason).toBe('rights');
		await expect(join(away, { roomId, participantId })).rejects.toMatchObject({ code: 'AUTH-2008' });
		const other = await join(away, { roomId });
		home.node.rooms.closeRoom(roomId);
		await other.notice('room:closed');
		await expect(join(away, { roomId })).rejects.toMatchObject({ code: 'CALL-5003' });
	});

	test('X6 B-6 whispers, pointers and presence reach the pages of every node', async () => {
		const roomId = newId();
		const [here, there] = [await join(home, { roomId, say: true }), await join(away, { roomId, say: true })];
		await expect.poll(() => here.all('participant:joined').length, IN_TIME).toBe(1);
		there.socket.emit('say', { roomId, topic: 'pointer', data: { x: 1 } });
		expect((await here.notice('said')).data).toEqual({ x: 1 });
		here.socket.emit('say', { roomId, topic: 'pointer', data: { x: 2 } });
		expect((await there.notice('said')).data).toEqual({ x: 2 });
		there.close();
		await expect.poll(() => here.all('participant:changed').at(-1)?.connected, IN_TIME).toBe(false);
	});

	test('X6 B-6 M-25 a frame of a paper comes over, part by part', async () => {
		const roomId = newId();
		const sender = await join(away, { roomId });
		await sender.ready();
		const streamId = await sender.produce('document');
		const viewer = await join(home, { roomId });
		const [consumer] = await viewer.ready();
		await viewer.take(consumer?.consumerId);
		const frameId = randomUUID();
		const frame = { frameId, format: 'png', width: 1920, height: 1080, rest: 1 };
		expect(await sender.ask('frame:begin', { streamId, frame })).toEqual({ viewers: 1 });
		const data = new Uint8Array(60_000).fill(7);
		const parts = [0, 1, 2].map((part) => ({ streamId, frameId, part, data, last: part === 2 }));
		for (const part of parts) expect(await sender.ask('frame:part', part)).toEqual({ viewers: 1 });
		expect(viewer.all('frame:part').map(({ data: got }) => got.byteLength)).toEqual([60_000, 60_000, 60_000]);
		await sender.ask('frame:drop', { streamId, rest: 1 });
		await viewer.notice('frame:dropped');
	});

	test('X6 B-8 B-4 rights that are taken while the line between two nodes is cut are taken when it is back', async () => {
		const roomId = newId();
		const speaker = await join(home, { roomId });
		await speaker.ready();
		await speaker.produce('microphone');
		const terms = { roomId, participantId: randomUUID() };
		const page = await join(away, terms);
		const [consumer] = await page.ready();
		await page.take(consumer?.consumerId);
		expect((await away.node.pool.holds()).subscriptions).toBe(1);
		line.cut();
		home.node.rooms.grant(grants.sign({ ...terms, subscribe: false, grantVersion: 2 }));
		line.mend();
		await expect.poll(async () => (await away.node.pool.holds()).subscriptions, IN_TIME).toBe(0);
		// He sits there still: it is the right that is gone.
		expect(home.node.rooms.find(roomId)?.peers.size).toBe(2);
	});

	test('X6 B-8 the worker at home dies: the room is made anew, and nothing of the old pipe is left', async () => {
		const roomId = newId();
		const viewer = await join(home, { roomId });
		await viewer.ready();
		const page = await join(away, { roomId });
		await page.ready();
		const streamId = await page.produce('document');
		await viewer.notice('consumers:new');
		const [worker] = home.node.pool.describe();
		process.kill(worker?.pid ?? 0, 'SIGKILL');
		const { floor } = await page.notice('room:rebuilt');
		expect(floor.workerId).toBe(page.welcome.floor.workerId);
		await viewer.notice('room:rebuilt');
		await page.produce('document', { streamId });
		await viewer.notice('consumers:new', 2);
		// Two of each page and the one pipe.
		await expect.poll(async () => (await away.node.pool.holds()).transports, IN_TIME).toBe(3);
	});

	test('X6 B-7 a node that dies: its page comes in elsewhere, and nobody else notices more than a gap', async () => {
		const roomId = newId();
		const participantId = randomUUID();
		const partner = await join(home, { roomId });
		await partner.ready();
		const page = await join(away, { roomId, participantId });
		await page.ready();
		await page.produce('document');
		await partner.notice('consumers:new');
		await away.close();
		const again = await join(home, { roomId, participantId });
		await again.ready();
		await again.produce('document');
		await partner.notice('consumers:new', 2);
		expect(home.node.rooms.find(roomId)?.peers.size).toBe(2);
		expect(partner.all('room:closed')).toEqual([]);
	});

	test('X6 B-8 a line between nodes that is cut is taken up again, and nobody has lost his place', async () => {
		const roomId = newId();
		const partner = await join(home, { roomId });
		const terms = { roomId, participantId: randomUUID() };
		const page = await join(away, terms);
		await page.ready();
		await partner.ready();
		const streamId = await page.produce('document');
		line.cut();
		line.mend();
		// The page is told to come and look, and finds what it had.
		await expect.poll(() => page.socket.connected, IN_TIME).toBe(false);
		const { resumeSecret } = page.welcome;
		const back = await TestPeer.join(away.signalUrl, {
			token: tokenAt(away, terms),
			pageId: page.pageId,
			resumeSecret,
		});
		expect(back.welcome).toMatchObject({ resumed: true });
		expect(back.welcome.rooms[0]).toMatchObject({ resumed: true, streams: [{ streamId }] });
		expect(facts.some(({ type }) => type === 'participant-left')).toBe(false);
	});

	test('X6 B-2 A7 who is no node gets no seat, and what makes no sense is refused by name', async () => {
		const open = async (credential: string) => {
			const auth = { nodeId: 'rogue', epoch: 1, credential, version: '1' };
			const options = { auth, transports: ['websocket'], forceNew: true, reconnection: false };
			const socket = io(home.signalUrl + SPANS_NAMESPACE, options);
			const refusal = await new Promise<unknown>((settle) => {
				socket.once('connect_error', settle);
				socket.once('connect', () => {
					settle(undefined);
				});
			});
			return { socket, refusal };
		};
		const guessed = await open('guessed-credential-of-a-node-0123456789');
		expect(guessed.refusal).toMatchObject({ data: { code: 'NODE-7001' } });
		const { socket } = await open(CREDENTIAL);
		const seatId = randomUUID();
		const state = { attached: true, connected: false, capabilities: null };
		const entering = { seatId, token: 'no token', pageId: randomUUID(), workerId: 'w', line: state };
		for (const [event, payload, code] of [
			['seat:enter', entering, 'MEDIA-6001'],
			['seat:enter', { seatId }, 'REQ-1001'],
			['seat:ask', { seatId, event: 'leave', payload: {} }, 'MEDIA-6003'],
			['seat:ask', { seatId, event: 'grant', payload: {} }, 'REQ-1001'],
			['seat:steal', {}, 'REQ-1006'],
		] as const)
			expect(await socket.timeout(5_000).emitWithAck(event, payload)).toMatchObject({ error: { code } });
		socket.emit('seat:say', { seatId: Number.NaN });
		socket.emit('tap:nack', null);
		const own = await join(home, { roomId: newId() });
		expect(own.socket.connected).toBe(true);
		socket.close();
		guessed.socket.close();
	});

	test('X6 B-10 a page comes to the next home of its room over the line that it has, and not back to the former one', async () => {
		const who = { roomId: newId(), participantId: randomUUID() };
		const standsAt = ({ node, signalUrl }: TestNode, nodeId: string, grantVersion: number) => {
			const token = grants.sign({ ...who, grantVersion, home: { nodeId, url: signalUrl } });
			const attending = () => node.rooms.find(who.roomId)?.attending ?? [];
			return { token, attending };
		};
		const places = [standsAt(home, 'home', 1), standsAt(third, 'third', 2), standsAt(away, 'away', 3)];
		const [first] = places;
		const page = await TestPeer.join(away.signalUrl, { token: first?.token ?? '' });
		await page.ready();
		const streamId = await page.produce('document');
		for (const [i, { token }] of places.entries()) {
			const { resumed, floor, streams } = await page.enter(token);
			expect([resumed, streams.length]).toEqual(i === 0 ? [true, 1] : [false, 0]);
			// The same stream, where the room stands now.
			if (i > 0) await page.produce('document', { streamId, workerId: floor.workerId });
			for (const [j, place] of places.entries())
				await expect.poll(place.attending, IN_TIME).toEqual(i === j ? [who.participantId] : []);
		}
		await expect(page.enter(first?.token ?? '')).rejects.toMatchObject({ code: 'MEDIA-6014' });
		expect(away.node.rooms.find(who.roomId)?.attending).toEqual([who.participantId]);
	});

	test('X6 B-10 what a page left behind at a node does not keep it from sending there when the room has come to it', async () => {
		const who = { roomId: newId(), participantId: randomUUID() };
		const before = await join(away, who);
		await before.ready();
		const streamId = await before.produce('document');
		// Neither the home nor the page itself says good-bye, and the line is kept for a while.
		line.freeze();
		before.close();
		const home = { nodeId: 'away', url: away.signalUrl };
		const token = grants.sign({ ...who, grantVersion: 2, home });
		const after = await TestPeer.join(away.signalUrl, { token });
		await after.ready();
		await after.produce('document', { streamId });
		expect(away.node.rooms.find(who.roomId)?.attending).toEqual([who.participantId]);
		line.mend();
	});

	test('X6 B-10 a room that stands elsewhere now is closed, and opened by newer tokens only', async () => {
		const roomId = newId();
		const [one, other] = [await join(home, { roomId }), await join(away, { roomId })];
		for (const page of [one, other]) await page.ready();
		home.node.rooms.move(roomId, 1);
		expect(home.node.rooms.size).toBe(0);
		for (const node of [home, away])
			await expect(join(node, { roomId })).rejects.toMatchObject({ code: 'MEDIA-6017' });
		for (const page of [one, other]) await expect.poll(() => page.socket.connected, IN_TIME).toBe(false);
		// It has come back here since: what is told late concerns nobody.
		const back = await join(home, { roomId, grantVersion: 2 });
		home.node.rooms.move(roomId, 1);
		expect(back.socket.connected).toBe(true);
		expect(home.node.rooms.size).toBe(1);
	});

	test('X6 B-9 a home that is not there is told as such; when it is back a token is enough', async () => {
		const url = 'http://127.0.0.1:9';
		const token = grants.sign({ roomId: newId(), home: { nodeId: 'nowhere', url } });
		await expect(TestPeer.join(away.signalUrl, { token })).rejects.toMatchObject({ code: 'SYS-9001' });
	});
});
