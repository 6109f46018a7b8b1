import { randomUUID } from 'node:crypto';
import { createServer, type Server as HttpServer } from 'node:http';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import {
	factNumber,
	NODES_NAMESPACE,
	nodeHandshake,
	nodeRequests,
	type NodeFact,
} from '@counter-hub/shared/media/nodeProtocol.ts';
import { Server, type Socket } from 'socket.io';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newMediaNode, type TestNode } from '../platform/newMediaNode.ts';
import { TestPeer } from './TestPeer.ts';

type Answer = (ack: unknown) => void;

/** The hub's end of `/nodes`, as far as a node can see it. Its clock is an hour ahead. */
class FakeHub {
	readonly http: HttpServer = createServer();
	readonly io = new Server(this.http);
	readonly heard: { event: string; payload: unknown }[] = [];
	readonly facts: NodeFact[] = [];
	readonly news: NodeFact[] = [];
	/** Facts of these numbers get no answer the first time. */
	readonly ignoreOnce = new Set<number>();
	/** Facts of these numbers meet a fault in the hub, each time. */
	readonly faulty = new Set<number>();
	socket: Socket | undefined;
	url = '';

	async start(port = 0): Promise<void> {
		await new Promise<void>((done) => this.http.listen(port, '127.0.0.1', done));
		const address = this.http.address();
		this.url = `http://127.0.0.1:${String(typeof address === 'object' && address ? address.port : 0)}`;
		this.io.of(NODES_NAMESPACE).on('connection', (socket) => {
			this.socket = socket;
			nodeHandshake.parse(socket.handshake.auth);
			for (const event of ['node:hello', 'node:heartbeat'] as const) {
				socket.on(event, (payload: unknown, answer: Answer) => {
					this.heard.push({ event, payload: nodeRequests[event].payload.parse(payload) });
					answer({ ok: true, data: { hubTime: Date.now() + 3_600_000 } });
				});
			}
			socket.on('node:news', (payload: unknown, answer: Answer) => {
				this.news.push(...nodeRequests['node:news'].payload.parse(payload).facts);
				answer({ ok: true, data: {} });
			});
			socket.on('node:fact', (payload: unknown, answer: Answer) => {
				const fact = nodeRequests['node:fact'].payload.parse(payload);
				this.facts.push(fact);
				const n = factNumber(fact.id);
				const error = new AppError('internal').toProblem();
				if (!this.ignoreOnce.delete(n))
					answer(this.faulty.has(n) ? { ok: false, error } : { ok: true, data: {} });
			});
		});
	}

	async command(event: string, payload: unknown): Promise<unknown> {
		return await this.socket?.timeout(5_000).emitWithAck(event, payload);
	}

	async stop(): Promise<void> {
		await this.io.close();
	}
}

let hub: FakeHub;
let media: TestNode;
beforeEach(async () => {
	hub = new FakeHub();
	await hub.start();
	media = await newMediaNode({
		config: { hubUrls: [hub.url] },
		limits: { hubAnswerMs: 200, emptyRoomMs: 50 },
	});
	await expect.poll(() => hub.heard.length).toBeGreaterThan(0);
});
afterEach(async () => {
	await media.close();
	await hub.stop();
});

/** The hub's clock, an hour ahead, may be known by then. */
const join = (terms: Parameters<TestNode['grants']['sign']>[0]) =>
	TestPeer.join(media.signalUrl, { token: media.grants.sign({ expiresInSeconds: 7_200, ...terms }) });

test('N-2 a node greets the hub with what it holds, again after every reconnect', async () => {
	expect(hub.heard[0]).toEqual({ event: 'node:hello', payload: { rooms: [], upTo: 0 } });
	const terms = { roomId: newId(), participantId: randomUUID() };
	const peer = await join(terms);
	await peer.ready();
	// Whoever is not ready yet has not joined for the hub.
	await join({ ...terms, participantId: randomUUID(), expiresInSeconds: 3_700 });
	hub.heard.length = 0;
	hub.socket?.conn.close();
	await expect
		.poll(() => hub.heard.find(({ event }) => event === 'node:hello')?.payload)
		.toEqual({
			rooms: [{ roomId: terms.roomId, participants: [terms.participantId], rebuilding: false }],
			upTo: 1,
		});
	peer.close();
});

test('N-3 tokens are judged by the hub clock, which the heartbeats measure', async () => {
	await expect
		.poll(() => hub.heard.filter(({ event }) => event === 'node:heartbeat').length, { timeout: 5_000 })
		.toBeGreaterThan(1);
	// By the hub clock, an hour ahead, this one has long expired.
	await expect(join({ expiresInSeconds: 120 })).rejects.toMatchObject({ code: 'MEDIA-6002' });
	const peer = await join({ expiresInSeconds: 3_700 });
	peer.close();
});

test('N-4 facts arrive in order, each repeated under its own id until it is acknowledged', async () => {
	hub.ignoreOnce.add(2);
	const roomId = newId();
	const peer = await join({ roomId, participantId: randomUUID() });
	await peer.ready();
	await peer.ask('leave', {});
	await expect
		.poll(() => hub.facts.map(({ fact }) => fact.type), { timeout: 5_000 })
		.toEqual(['participant-joined', 'participant-left', 'participant-left', 'room-closed']);
	expect(hub.facts.map(({ id }) => factNumber(id))).toEqual([1, 2, 2, 3]);
	expect(hub.news.map(({ id }) => factNumber(id))).toEqual([1, 2, 3]);
	expect(new Set(hub.facts.map((fact) => fact.roomId))).toEqual(new Set([roomId]));
	await expect.poll(() => media.node.facts.length).toBe(0);
});

test('A7 N-4 a fact that meets a fault of the hub is given up after a few rounds, and the others follow', async () => {
	hub.faulty.add(1);
	const peer = await join({});
	await peer.ready();
	await peer.ask('leave', {});
	await expect
		.poll(() => hub.facts.map(({ id }) => factNumber(id)), { timeout: 30_000 })
		.toEqual([1, 1, 1, 1, 1, 2, 3]);
	expect(media.node.facts.dropped).toBe(1);
	peer.close();
});

test('A1 N-4 a hub that does not answer is passed over by the next fact too, and hears the news all the same', async () => {
	const second = new FakeHub();
	await second.start();
	const node = await newMediaNode({
		config: { hubUrls: [hub.url, second.url] },
		limits: { hubAnswerMs: 5_000 },
	});
	try {
		await expect.poll(() => hub.heard.length * second.heard.length).toBeGreaterThan(0);
		for (let n = 1; n <= 9; n++) hub.ignoreOnce.add(n);
		const peer = await TestPeer.join(node.signalUrl, {
			token: node.grants.sign({ expiresInSeconds: 7_200 }),
		});
		await peer.ready();
		await peer.ask('leave', {});
		await expect.poll(() => second.facts.map(({ id }) => factNumber(id))).toEqual([1, 2, 3]);
		expect(hub.facts.length).toBeLessThanOrEqual(1);
		for (const { news } of [hub, second])
			await expect.poll(() => news.map(({ id }) => factNumber(id))).toEqual([1, 2, 3]);
		peer.close();
	} finally {
		await node.close();
		await second.stop();
	}
});

test('A7 N-7 a node that a hub has cut off, because it stood still, is back at once', async () => {
	hub.heard.length = 0;
	hub.socket?.disconnect(true);
	await expect.poll(() => hub.heard[0]?.event, { timeout: 3_000 }).toBe('node:hello');
});

test('N-4 facts wait while the hub is away', async () => {
	const { url } = hub;
	await hub.stop();
	const peer = await join({});
	await peer.ready();
	expect(media.node.facts.length).toBe(1);
	hub = new FakeHub();
	await hub.start(Number(new URL(url).port));
	await expect
		.poll(() => hub.facts.map(({ fact }) => fact.type), { timeout: 10_000 })
		.toEqual(['participant-joined']);
	peer.close();
});

test('N-6 commands of the hub are carried out, and repeats of them are harmless', async () => {
	const terms = { roomId: newId(), participantId: randomUUID() };
	const peer = await join({ ...terms, stage: 'lobby' });
	const token = media.grants.sign({ ...terms, grantVersion: 2, expiresInSeconds: 7_200 });
	for (let time = 0; time < 2; time++) {
		expect(await hub.command('room:grant', { token })).toEqual({ ok: true, data: { applied: true } });
	}
	await peer.notice('rights:changed');
	const remove = { ...terms, reason: 'left the case', version: 2 };
	for (let time = 0; time < 2; time++)
		expect(await hub.command('room:remove', remove)).toEqual({ ok: true, data: {} });
	expect(await peer.notice('removed')).toEqual({ roomId: terms.roomId, reason: 'left the case' });
	for (let time = 0; time < 2; time++) {
		expect(await hub.command('room:close', { roomId: terms.roomId, reason: 'ended' })).toEqual({
			ok: true,
			data: {},
		});
	}
	expect(await hub.command('room:look', { roomId: terms.roomId })).toEqual({
		ok: true,
		data: { participants: [], rebuilding: false },
	});
	expect(await hub.command('room:close', { roomId: 7 })).toMatchObject({
		ok: false,
		error: { code: 'REQ-1001' },
	});
	expect(await hub.command('room:burn', {})).toMatchObject({ ok: false, error: { code: 'REQ-1006' } });
	expect(await hub.command('room:grant', { token: 'x' })).toMatchObject({
		ok: false,
		error: { code: 'MEDIA-6001' },
	});
});
