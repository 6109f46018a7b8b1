import { expect, test } from 'vitest';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { mediaGrant } from '@counter-hub/shared/media/grant.ts';
import { nodeRegistry } from '@counter-hub/hub-server/features/media-nodes/NodeRegistry.ts';
import { findSession } from '@counter-hub/hub-server/features/sessions/runSessionCommand.ts';
import jwt from 'jsonwebtoken';
import { eventually } from '../platform/eventually.ts';
import { newHub, type TestHub } from '../platform/newHub.ts';
import { nodeOf } from '../platform/nodeOf.ts';
import { ask } from '../platform/TestClient.ts';
import { answer, firstRing, HANGZHOU, newPage, openCase, request, SONGJIANG } from './newCounters.ts';

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
	expect(homeIn(caller.token)).toBeUndefined();
	expect(homeIn(callee.token)).toEqual({ nodeId: 'songjiang', url: songjiang.signalUrl });

	// B-7: when the own city has none any more, by the one where the room stands.
	await hangzhou.close();
	await expect.poll(async () => (await admit()).nodeId).toBe('songjiang');
	expect(homeIn((await admit()).token)).toBeUndefined();
});

test('X6 B-1 a city without a node of its own comes in where the room stands', async () => {
	const hub = await newHub();
	await nodeAt(hub, 'hangzhou', HANGZHOU);
	const first = await call(hub);
	expect([first.home, first.caller.nodeId, first.callee.nodeId]).toEqual(Array(3).fill('hangzhou'));
});
