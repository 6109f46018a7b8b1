import { io } from 'socket.io-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { mediaGrant } from '@counter-hub/shared/media/grant.ts';
import { NODES_NAMESPACE } from '@counter-hub/shared/media/nodeProtocol.ts';
import { cityKey } from '@counter-hub/hub-server/features/media-nodes/cityKeys.ts';
import { nodeRegistry } from '@counter-hub/hub-server/features/media-nodes/NodeRegistry.ts';
import { findSession } from '@counter-hub/hub-server/features/sessions/runSessionCommand.ts';
import jwt from 'jsonwebtoken';
import { eventually } from '../platform/eventually.ts';
import { newHub, type TestHub } from '../platform/newHub.ts';
import { nodeOf } from '../platform/nodeOf.ts';
import { ask } from '../platform/TestClient.ts';
import { enter } from '../faults/calls.ts';
import { answer, codeOf, firstRing, HANGZHOU, newPage, openCase, request, SONGJIANG } from './newCounters.ts';

const SUZHOU: CityCode = '320500';
const IN_TIME = { timeout: 30_000 };

async function nodeAt(hub: TestHub, nodeId: string, city: CityCode | null) {
	const node = await nodeOf(hub, nodeId, city);
	await eventually(() => {
		if (!nodeRegistry(hub.context).find(nodeId, Date.now())) throw new Error('the node has not registered');
	});
	return node;
}

/** A call of 松江 with 杭州: where it stands, and by which node each side comes in. */
async function call(hub: TestHub) {
	const clerk = await newPage(hub, 'clerk', SONGJIANG);
	const approver = await newPage(hub, 'approver', HANGZHOU);
	const asked = await request(clerk, await openCase(clerk.client));
	const sessionId = asked.session.id;
	await firstRing(approver);
	const answered = await answer(approver, sessionId);
	const session = await findSession(hub.context, sessionId);
	const admit = async () =>
		(await ask(approver.socket, 'session:admit', { sessionId, takeOver: false })).admission;
	return { home: session?.nodeId, caller: asked.admission, callee: answered.admission, admit };
}
const homeIn = (token: string) => mediaGrant.parse(jwt.decode(token)).home;

test('X6 B-1 a call stands on a node of the city that calls; each side comes in by its own city’s', async () => {
	const hub = await newHub();
	const songjiang = await nodeAt(hub, 'songjiang', SONGJIANG);
	await nodeAt(hub, 'anybody', null);
	const hangzhou = await nodeAt(hub, 'hangzhou', HANGZHOU);
	const { home, caller, callee, admit } = await call(hub);
	expect([home, caller.nodeId, callee.nodeId]).toEqual(['songjiang', 'songjiang', 'hangzhou']);
	expect(caller.signalUrl).toBe(songjiang.signalUrl);
	for (const { token, home: at } of [caller, callee]) {
		expect(homeIn(token)).toEqual({ nodeId: 'songjiang', url: songjiang.signalUrl });
		expect(at).toBe('songjiang');
	}

	// B-7: when the own city has none any more, by the one where the room stands.
	await hangzhou.close();
	await expect.poll(async () => (await admit()).nodeId).toBe('songjiang');
});

test('X6 B-1 a city without a node of its own comes in where the room stands', async () => {
	const hub = await newHub();
	await nodeAt(hub, 'hangzhou', HANGZHOU);
	const first = await call(hub);
	expect([first.home, first.caller.nodeId, first.callee.nodeId]).toEqual(Array(3).fill('hangzhou'));
});

test('X6 B-10 while it rings a room moves at once: within the caller’s city, to the other one, to a neighbour’s', async () => {
	const hub = await newHub({ config: { ringSeconds: 600 } });
	const homes = ['songjiang-1', 'songjiang-2', 'hangzhou', 'suzhou'];
	const cities = [SONGJIANG, SONGJIANG, HANGZHOU, SUZHOU];
	const nodes = new Map<string, Awaited<ReturnType<typeof nodeAt>>>();
	for (const [i, nodeId] of homes.entries()) nodes.set(nodeId, await nodeAt(hub, nodeId, cities[i] ?? null));
	const clerk = await newPage(hub, 'clerk', SONGJIANG);
	const approver = await newPage(hub, 'approver', HANGZHOU);
	const { session, admission } = await request(clerk, await openCase(clerk.client));
	await firstRing(approver);
	const stood = [admission.home];
	const shown: (string | null)[] = [];
	clerk.socket.on('session:changed', (change) => shown.push(change.session.nodeId));
	while (stood.length < homes.length) {
		const before = stood.at(-1) ?? '';
		await nodes.get(before)?.close();
		await expect
			.poll(async () => (await findSession(hub.context, session.id))?.nodeId, IN_TIME)
			.not.toBe(before);
		const { admission: again } = await ask(clerk.socket, 'session:admit', {
			sessionId: session.id,
			takeOver: false,
		});
		stood.push(again.home);
	}
	expect(stood).toEqual(homes);
	await expect.poll(() => shown, IN_TIME).toEqual(homes.slice(1));
	// The first one is back, and with its token one could get in there.
	const { signalUrl } = await nodeAt(hub, 'songjiang-1', SONGJIANG);
	const former = () => codeOf(enter({ signalUrl, token: admission.token }));
	await expect.poll(former, IN_TIME).toBe('MEDIA-6017');
	expect((await answer(approver, session.id)).admission).toMatchObject({ home: 'suzhou', stage: 'member' });
}, 120_000);

test('X6 N-1 a node that lies about its city gets no pages, and takes nobody’s place', async () => {
	const hub = await newHub();
	const alarm = vi.spyOn(hub.context.logger, 'error');
	const hangzhou = await nodeAt(hub, 'hangzhou', HANGZHOU);
	const ofSongjiang = cityKey(hub.env['MEDIA_GRANT_PRIVATE_KEY'] ?? '', SONGJIANG);
	const there = nodeRegistry(hub.context).find('hangzhou', Date.now());
	const lies = [
		{ nodeId: 'rogue', city: HANGZHOU, cityKey: ofSongjiang },
		{ nodeId: 'rogue', city: HANGZHOU },
		{ nodeId: 'hangzhou', city: SONGJIANG, cityKey: ofSongjiang },
		{ nodeId: 'hangzhou', city: null },
	];
	for (const [i, lie] of lies.entries()) {
		expect(await refusalOf(hub, lie)).toMatchObject({ code: 'NODE-7002' });
		const { nodeId, city } = lie;
		expect(alarm).toHaveBeenNthCalledWith(
			i + 1,
			expect.objectContaining({ nodeId, city }),
			expect.stringContaining('lies about its city'),
		);
	}
	expect(nodeRegistry(hub.context).find('hangzhou', Date.now())).toBe(there);
	expect(nodeRegistry(hub.context).size).toBe(1);
	const { caller, callee } = await call(hub);
	for (const { signalUrl } of [caller, callee]) expect(signalUrl).toBe(hangzhou.signalUrl);
	// With the key of its own city it is welcome.
	expect(await refusalOf(hub, { nodeId: 'rogue', city: SONGJIANG, cityKey: ofSongjiang })).toBeNull();
});

/** What a node that says this of itself is refused with; null: it is registered. */
async function refusalOf(hub: TestHub, said: object): Promise<unknown> {
	const url = 'http://127.0.0.1:9';
	const run = { epoch: Date.now(), credential: hub.env['NODE_CREDENTIAL'], version: '1' };
	const socket = io(`${hub.url}${NODES_NAMESPACE}`, {
		auth: { ...run, signalUrl: url, spanUrl: url, ...said },
		transports: ['websocket'],
		forceNew: true,
		reconnection: false,
	});
	onTestFinished(() => {
		socket.close();
	});
	return new Promise((settle) => {
		socket.once('connect', () => {
			settle(null);
		});
		socket.once('connect_error', (error) => {
			settle('data' in error ? error.data : error);
		});
	});
}
