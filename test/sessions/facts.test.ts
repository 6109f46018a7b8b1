import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { participantIdOf } from '@counter-hub/hub-server/features/media-nodes/MediaGrants.ts';
import { features } from '@counter-hub/hub-server/features.ts';
import { nodeLinksModel } from '@counter-hub/hub-server/features/media-nodes/NodeLinks.ts';
import { roomKinds } from '@counter-hub/hub-server/features/rooms/RoomKind.ts';
import type { Feature } from '@counter-hub/hub-server/HubContext.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { LIMITS } from '@counter-hub/shared/limits/limits.ts';
import { nodeRegistry } from '@counter-hub/hub-server/features/media-nodes/NodeRegistry.ts';
import { problem } from '@counter-hub/shared/errors/problem.ts';
import {
	NODE_HEARTBEAT_MS,
	NODES_NAMESPACE,
	nodeCommands,
	nodeRequests,
	type MediaFact,
} from '@counter-hub/shared/media/nodeProtocol.ts';
import { ackOf } from '@counter-hub/shared/realtime/ack.ts';
import { eventually } from '../platform/eventually.ts';
import { newHub, TestHub, type NewHubOptions } from '../platform/newHub.ts';
import { ask } from '../platform/TestClient.ts';
import { answer, eventsOf, HANGZHOU, newPage, openCase, request, SONGJIANG } from './newCounters.ts';

type Requests = typeof nodeRequests;
interface ScriptedRoom {
	roomId: string;
	participants: string[];
	rebuilding?: boolean;
}

interface Scripted {
	nodeId: string;
	/** A command that it never answers. */
	deafTo?: keyof typeof nodeCommands;
}

/** The signalling of a media node without media: says what a test wants it to say. */
class ScriptedNode {
	readonly #socket;
	readonly #epoch: number;
	readonly #beat: NodeJS.Timeout;
	#facts = 0;
	readonly #rooms: Map<string, { participants: string[]; rebuilding: boolean }>;
	/** What the hub has commanded so far. */
	readonly commands: object[] = [];

	private constructor(hub: TestHub, epoch: number, rooms: ScriptedRoom[], { nodeId, deafTo }: Scripted) {
		this.#epoch = epoch;
		this.#rooms = new Map(
			rooms.map(({ roomId, participants, rebuilding = false }) => [roomId, { participants, rebuilding }]),
		);
		const auth = {
			nodeId,
			credential: hub.env['NODE_CREDENTIAL'],
			epoch,
			signalUrl: 'http://127.0.0.1:9',
			spanUrl: 'http://127.0.0.1:9',
			city: null,
			version: '1',
		};
		const transports = ['websocket'];
		this.#socket = io(`${hub.url}${NODES_NAMESPACE}`, {
			auth,
			transports,
			forceNew: true,
			reconnection: false,
		});
		for (const name of Object.keys(nodeCommands)) {
			this.#socket.on(name, (payload: { roomId?: string }, acknowledge: (answer: unknown) => void) => {
				if (name === deafTo) return;
				this.commands.push({ name, ...payload });
				const room = this.#rooms.get(payload.roomId ?? '') ?? { participants: [], rebuilding: false };
				acknowledge({ ok: true, data: name === 'room:look' ? room : { applied: true } });
			});
		}
		this.#beat = setInterval(() => {
			const load = { sentAt: Date.now(), rooms: 0, peers: 0, workers: 1 };
			if (this.#socket.connected) this.#socket.emit('node:heartbeat', load, () => undefined);
		}, NODE_HEARTBEAT_MS);
	}

	/** Connects and greets with the rooms it holds. */
	static async start(
		hub: TestHub,
		epoch: number,
		rooms: ScriptedRoom[] = [],
		script: Scripted = { nodeId: 'scripted' },
	): Promise<ScriptedNode> {
		const node = new ScriptedNode(hub, epoch, rooms, script);
		onTestFinished(() => {
			node.stop();
		});
		const held = [...node.#rooms].map(([roomId, room]) => ({ roomId, ...room }));
		await node.ask('node:hello', { rooms: held, upTo: 0 });
		return node;
	}

	/** A fact with the next number, which is news as well, or one with another number. Throws the hub's refusal. */
	async tell(roomId: string, content: MediaFact, number?: number, at = Date.now()): Promise<void> {
		const n = number ?? ++this.#facts;
		const id = `scripted:${String(this.#epoch)}:${String(n)}`;
		const fact = { id, roomId, at, nodeAt: at, fact: content };
		this.#note(roomId, content);
		if (number === undefined) await this.ask('node:news', { facts: [fact] });
		await this.ask('node:fact', fact);
	}

	#note(roomId: string, fact: MediaFact): void {
		const room = this.#rooms.get(roomId) ?? { participants: [], rebuilding: false };
		if (fact.type === 'participant-joined') room.participants = [...room.participants, fact.participantId];
		if (fact.type === 'participant-left')
			room.participants = room.participants.filter((id) => id !== fact.participantId);
		if (fact.type === 'media-lost' || fact.type === 'media-restored')
			room.rebuilding = fact.type === 'media-lost';
		this.#rooms.set(roomId, room);
	}

	async ask(event: keyof Requests, payload: unknown): Promise<void> {
		const raw: unknown = await this.#socket.timeout(10_000).emitWithAck(event, payload);
		const ack = ackOf(nodeRequests[event].data).parse(raw);
		if (!ack.ok) throw new Error(problem.parse(ack.error).code);
	}

	stop(): void {
		clearInterval(this.#beat);
		this.#socket.close();
	}
}

async function newCall(given: TestHub | NewHubOptions = {}) {
	const hub = given instanceof TestHub ? given : await newHub(given);
	const node = await ScriptedNode.start(hub, 1);
	const clerk = await newPage(hub, 'clerk', SONGJIANG);
	const approver = await newPage(hub, 'approver', HANGZHOU);
	const caseId = await openCase(clerk.client);
	const { session } = await request(clerk, caseId);
	await answer(approver, session.id);
	const people = [clerk, approver].map(({ staffId }) => participantIdOf(session.id, staffId));
	for (const participantId of people) await node.tell(session.id, joined(participantId));
	const types = async () => (await eventsOf(clerk.client, caseId)).map(({ type }) => type).slice(3);
	const view = async () => (await ask(clerk.socket, 'session:mine', {})).active;
	return { hub, node, session, people, types, view, clerk, caseId };
}

const joined = (participantId: string): MediaFact => ({
	type: 'participant-joined',
	participantId,
	pageId: randomUUID(),
});
const waitFor = (types: () => Promise<string[]>, expected: string[]) =>
	eventually(async () => expect(await types()).toEqual(expected));
const begun = ['session.answered', 'session.joined', 'session.joined'];

test('S-7 N-4 the fact that ends a gap is no new fact when it is told again, and holds up no other', async () => {
	const { hub, node, session, people, types } = await newCall();
	expect(await types()).toEqual(begun);
	node.stop();
	await waitFor(types, [...begun, 'session.mediaLost']);
	const restarted = await ScriptedNode.start(hub, 2);
	const [caller = '', callee = ''] = people;
	const facts = [joined(caller), joined(callee)];
	for (const fact of facts) await restarted.tell(session.id, fact);
	const over = [...begun, 'session.mediaLost', 'session.mediaRestored'];
	await waitFor(types, over);
	// The acknowledgement was lost: the node tells both again, then goes on.
	for (const [index, fact] of facts.entries()) await restarted.tell(session.id, fact, index + 1);
	expect(await types()).toEqual(over);
	await restarted.tell(session.id, { type: 'media-lost', reason: 'worker-died' });
	expect(await types()).toEqual([...over, 'session.mediaLost']);
});

test('S-8 a node that was away for the hub only, and still holds the room, ends the gap with its greeting', async () => {
	const { hub, node, session, people, types } = await newCall();
	node.stop();
	await waitFor(types, [...begun, 'session.mediaLost']);
	await ScriptedNode.start(hub, 1, [{ roomId: session.id, participants: people }]);
	await waitFor(types, [...begun, 'session.mediaLost', 'session.mediaRestored']);
});

test('N-4 a fact id that is used for something else is acknowledged and changes nothing', async () => {
	const { node, session, people, types } = await newCall();
	const [caller = ''] = people;
	await node.tell(session.id, { type: 'media-lost', reason: 'worker-died' }, 1);
	expect(await types()).toEqual(begun);
	const left: MediaFact = {
		type: 'participant-left',
		participantId: caller,
		pageId: randomUUID(),
		reason: 'left',
	};
	await node.tell(session.id, left, 3);
	expect(await types()).toEqual([...begun, 'session.left']);
});

test('S-8 a node that is away for the hub for a moment only does not leave its calls without media', async () => {
	const { hub, node, session, people, view } = await newCall();
	const rooms = [{ roomId: session.id, participants: people }];
	let current = node;
	for (let i = 0; i < 10; i++) {
		current.stop();
		current = await ScriptedNode.start(hub, 1, rooms);
	}
	await eventually(async () => {
		expect(await view()).toMatchObject({ mediaLost: false, caller: { present: true } });
	});
	// What is under way comes to rest the same way.
	await setTimeout(300);
	await eventually(async () => {
		expect(await view()).toMatchObject({ mediaLost: false });
	});
});

test('S-7 a room that is being rebuilt is no return of the media', async () => {
	const { hub, node, session, people, types } = await newCall();
	await node.tell(session.id, { type: 'media-lost', reason: 'worker-died' });
	node.stop();
	const room = { roomId: session.id, participants: people };
	const back = await ScriptedNode.start(hub, 1, [{ ...room, rebuilding: true }]);
	const [caller = ''] = people;
	await back.tell(session.id, joined(caller), 50);
	expect(await types()).toEqual([...begun, 'session.mediaLost']);
	await back.tell(session.id, { type: 'media-restored' }, 51);
	expect(await types()).toEqual([...begun, 'session.mediaLost', 'session.mediaRestored']);
});

test('S-8 whom the timeline called gone, and who is in the room after all, has joined again', async () => {
	const { hub, node, session, people, types } = await newCall();
	const [caller = '', callee = ''] = people;
	const left = { type: 'participant-left' as const, participantId: caller, pageId: randomUUID() };
	await ScriptedNode.start(hub, 1, [{ roomId: session.id, participants: [callee] }]);
	await node.tell(session.id, { ...left, reason: 'connection-lost' }, 9).catch(() => undefined);
	await ScriptedNode.start(hub, 1, [{ roomId: session.id, participants: people }]);
	await waitFor(types, [...begun, 'session.left', 'session.joined']);
});

test('N-6 a room whose session has ended is closed, even if the order to do so was lost', async () => {
	const { hub, node, session, people, clerk } = await newCall();
	node.stop();
	await ask(clerk.socket, 'session:hangUp', { commandId: randomUUID(), sessionId: session.id });
	const back = await ScriptedNode.start(hub, 1, [{ roomId: session.id, participants: people }]);
	await eventually(() => {
		expect(back.commands).toContainEqual({
			name: 'room:close',
			roomId: session.id,
			reason: 'unconcluded',
		});
	});
});

test('N-6 a node that does not answer keeps no other from closing the rooms that are over', async () => {
	const hub = await newHub();
	const deaf = await ScriptedNode.start(hub, 1, [], { nodeId: 'z-deaf', deafTo: 'room:close' });
	const { node, session, clerk } = await newCall(hub);
	await ask(clerk.socket, 'session:hangUp', { commandId: randomUUID(), sessionId: session.id });
	const room = { roomId: session.id, participants: [], rebuilding: false };
	await deaf.ask('node:hello', { rooms: [room], upTo: 0 });
	// It holds the room still: the order of the hanging up was lost.
	const orders = () => node.commands.filter((command) => 'name' in command && command.name === 'room:close');
	await eventually(() => {
		expect(orders().length).toBeGreaterThan(1);
	});
});

test('N-9 a hub that puts the loss of many calls on record keeps up its links to the other nodes meanwhile', async () => {
	const isWritten = Promise.withResolvers<undefined>();
	let isBegun = false;
	/** A room of the node whose record takes its time. */
	const slow: Feature = {
		name: 'test-rooms',
		register: (hub) => {
			roomKinds(hub).register({
				name: 'test',
				find: () => Promise.resolve(undefined),
				live: (nodeId) => Promise.resolve(nodeId === 'scripted' ? [newId()] : []),
				over: () => Promise.resolve([]),
				cityOf: () => '310117',
				describe: (roomId: string) => ({
					roomId,
					nodeId: 'scripted',
					version: 1,
					rightsVersion: 1,
					parties: [],
					present: [],
					mediaLost: false,
				}),
				rightsOf: () => expect.unreachable(),
				record: async () => {
					isBegun = true;
					await isWritten.promise;
				},
			});
		},
	};
	const hub = await newHub({ features: [...features, slow] });
	onTestFinished(() => {
		isWritten.resolve(undefined);
	});
	const node = await ScriptedNode.start(hub, 1);
	await ScriptedNode.start(hub, 1, [], { nodeId: 'another' });
	node.stop();
	await eventually(() => {
		expect(isBegun).toBe(true);
	});
	const leaseEnd = async () => {
		const links = await nodeLinksModel(hub.context.connection).findById(hub.context.hubId).lean();
		return links?.expiresAt.getTime() ?? 0;
	};
	const before = await leaseEnd();
	await eventually(async () => {
		expect((await leaseEnd()) - before).toBeGreaterThan(4_000);
	});
});

test('S-4 calls that ring, however many, keep no deadline of others waiting', async () => {
	let ahead = 0;
	const hub = await newHub({ now: () => Date.now() + ahead });
	const ringUntil = new Date(Date.now() + 10 * LIMITS.abandonMs).toISOString();
	await hub.context.connection
		.collection<{ _id: string }>('sessions')
		.insertMany(Array.from({ length: 300 }, () => ({ _id: newId(), state: 'ringing', ringUntil })));
	const { node, types, clerk } = await newCall(hub);
	node.stop();
	await waitFor(types, [...begun, 'session.mediaLost']);
	ahead = LIMITS.abandonMs + 1_000;
	await clerk.client.refresh();
	await waitFor(types, [...begun, 'session.mediaLost', 'session.abandoned']);
});

test('S-7 the loss of a node that no hub has noted, and the media that are never back, end the call', async () => {
	let ahead = 0;
	const { node, types, clerk } = await newCall({ now: () => Date.now() + ahead });
	node.stop();
	await waitFor(types, [...begun, 'session.mediaLost']);
	ahead = LIMITS.abandonMs + 1_000;
	await clerk.client.refresh();
	await waitFor(types, [...begun, 'session.mediaLost', 'session.abandoned']);
});

test('S-7 gaps are as long as the node saw them, however late it could tell', async () => {
	const { hub, node, session, people, clerk, caseId } = await newCall();
	// It would find by itself, and now, who is back, if it looked just then.
	await hub.context.sweeper.stop();
	const now = Date.now();
	const [caller = ''] = people;
	const left = { type: 'participant-left' as const, participantId: caller, pageId: randomUUID() };
	await node.tell(session.id, { type: 'media-lost', reason: 'worker-died' }, 11, now - 60_000);
	await node.tell(session.id, { type: 'media-restored' }, 12, now - 59_000);
	await node.tell(session.id, { ...left, reason: 'left' }, 13, now - 50_000);
	await node.tell(session.id, joined(caller), 14, now - 20_000);
	const data = (await eventsOf(clerk.client, caseId)).slice(-4).map((event) => event.data);
	expect(data).toMatchObject([
		{ occurredAt: new Date(now - 60_000).toISOString() },
		{ gapMs: 1_000 },
		{ nodeAt: new Date(now - 50_000).toISOString() },
		{ gapMs: 30_000 },
	]);
});

test('N-1 a page that is loaded while a media node is away may connect to it when it is back', async () => {
	const hub = await newHub();
	const policyOf = async ({ url }: TestHub) =>
		(await fetch(`${url}/`)).headers.get('content-security-policy') ?? '';
	expect(await policyOf(hub)).not.toContain('http://127.0.0.1:9 ');
	const node = await ScriptedNode.start(hub, 1);
	expect(await policyOf(hub)).toContain(' http://127.0.0.1:9 ws://127.0.0.1:9');
	node.stop();
	await eventually(() => {
		expect(nodeRegistry(hub.context).size).toBe(0);
	});
	expect(await policyOf(hub)).toContain(' http://127.0.0.1:9 ws://127.0.0.1:9');
	// After its own restart the hub knows it, too.
	await eventually(async () => {
		const restarted = await newHub({ sharing: hub });
		expect(await policyOf(restarted)).toContain(' http://127.0.0.1:9 ws://127.0.0.1:9');
	});
});
