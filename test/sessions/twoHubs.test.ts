import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { newHub } from '../platform/newHub.ts';
import { ask } from '../platform/TestClient.ts';
import {
	answer,
	attachNode,
	firstRing,
	HANGZHOU,
	newPage,
	next,
	openCase,
	request,
	SONGJIANG,
} from './newCounters.ts';

/** A clerk at one hub and an approver at the other, with a media node that both have a link to. */
async function newPlaces() {
	const hub = await newHub();
	const other = await newHub({ sharing: hub });
	await attachNode(hub, 'media-1', other);
	const clerk = await newPage(hub, 'clerk', SONGJIANG);
	const approver = await newPage(other, 'approver', HANGZHOU);
	return { hub, other, clerk, approver, caseId: await openCase(clerk.client) };
}

test('S-6 a call rings at pages of another hub, once, and what becomes of it is told at both', async () => {
	const { other, clerk, approver, caseId } = await newPlaces();
	const colleague = await newPage(other, 'clerk', HANGZHOU);
	const rung: string[] = [];
	colleague.socket.on('session:ringing', ({ session }) => rung.push(session.id));
	const rings = next(approver.socket, 'session:ringing');
	const { session } = await request(clerk, caseId);
	expect(await rings).toMatchObject({ session: { id: session.id }, admission: { stage: 'lobby' } });
	const active = ({ session: { state } }: { session: { state: string } }) => state === 'active';
	const told = [clerk, colleague].map(({ socket }) => next(socket, 'session:changed', active));
	await answer(approver, session.id);
	for (const { session: seen } of await Promise.all(told))
		expect(seen).toMatchObject({ id: session.id, callee: { staffId: approver.staffId } });
	const over = next(approver.socket, 'session:changed', ({ session: { state } }) => state === 'ended');
	await ask(clerk.socket, 'session:hangUp', { commandId: randomUUID(), sessionId: session.id });
	expect((await over).session.outcome).toBe('unconcluded');
	expect(rung).toEqual([session.id]);
});

test('S-6 H-8 a page that learns of a ring when it connects gets the way into the room with it', async () => {
	const { clerk, approver, caseId } = await newPlaces();
	expect((await ask(approver.socket, 'session:mine', {})).admissions).toEqual([]);
	const { session } = await request(clerk, caseId);
	await firstRing(approver);
	const mine = await ask(approver.socket, 'session:mine', {});
	expect(mine.admissions).toMatchObject([{ roomId: session.id, stage: 'lobby' }]);
	expect((await ask(clerk.socket, 'session:mine', {})).admissions).toMatchObject([
		{ roomId: session.id, stage: 'member' },
	]);
	await answer(approver, session.id);
	expect((await ask(approver.socket, 'session:mine', {})).admissions).toMatchObject([
		{ roomId: session.id, stage: 'member' },
	]);
});
