import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { participantIdOf } from '@counter-hub/hub-server/features/media-nodes/MediaGrants.ts';
import { problem } from '@counter-hub/shared/errors/problem.ts';
import {
	NODE_HEARTBEAT_MS,
	NODES_NAMESPACE,
	nodeRequests,
	type MediaFact,
} from '@counter-hub/shared/media/nodeProtocol.ts';
import { ackOf } from '@counter-hub/shared/realtime/ack.ts';
import { eventually } from '../platform/eventually.ts';
import { newHub, type TestHub } from '../platform/newHub.ts';
import { answer, eventsOf, HANGZHOU, newPage, openCase, request, SONGJIANG } from './newCounters.ts';

type Requests = typeof nodeRequests;

/** The signalling of a media node without media: says what a test wants it to say. */
class ScriptedNode {
	readonly #socket;
	readonly #epoch: number;
	readonly #beat: NodeJS.Timeout;
	#facts = 0;

	private constructor(hub: TestHub, epoch: number) {
		this.#epoch = epoch;
		const auth = {
			nodeId: 'scripted',
			credential: hub.env['NODE_CREDENTIAL'],
			epoch,
			signalUrl: 'http://127.0.0.1:9',
			version: '1',
		};
		const transports = ['websocket'];
		this.#socket = io(`${hub.url}${NODES_NAMESPACE}`, {
			auth,
			transports,
			forceNew: true,
			reconnection: false,
		});
		this.#beat = setInterval(() => {
			const load = { sentAt: Date.now(), rooms: 0, peers: 0, workers: 1 };
			if (this.#socket.connected) this.#socket.emit('node:heartbeat', load, () => undefined);
		}, NODE_HEARTBEAT_MS);
	}

	/** Connects and greets with the rooms it holds. */
	static async start(
		hub: TestHub,
		epoch: number,
		rooms: { roomId: string; participants: string[] }[] = [],
	): Promise<ScriptedNode> {
		const node = new ScriptedNode(hub, epoch);
		onTestFinished(() => {
			node.stop();
		});
		await node.ask('node:hello', { rooms });
		return node;
	}

	/** A fact with the next number, or again with an earlier one. Throws the hub's refusal. */
	async tell(roomId: string, fact: MediaFact, n = ++this.#facts): Promise<number> {
		const id = `scripted:${String(this.#epoch)}:${String(n)}`;
		await this.ask('node:fact', { id, roomId, at: Date.now(), nodeAt: Date.now(), fact });
		return n;
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

async function newCall() {
	const hub = await newHub();
	const node = await ScriptedNode.start(hub, 1);
	const clerk = await newPage(hub, 'clerk', SONGJIANG);
	const approver = await newPage(hub, 'approver', HANGZHOU);
	const caseId = await openCase(clerk.client);
	const { session } = await request(clerk, caseId);
	await answer(approver, session.id);
	const people = [clerk, approver].map(({ staffId }) => participantIdOf(session.id, staffId));
	for (const participantId of people) await node.tell(session.id, joined(participantId));
	const types = async () => (await eventsOf(clerk.client, caseId)).map(({ type }) => type).slice(3);
	return { hub, node, session, people, types };
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
