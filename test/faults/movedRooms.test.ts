import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyTimelines } from '@counter-hub/hub-server/features/timeline/verifyTimelines.ts';
import { eventually } from '../platform/eventually.ts';
import { newProcesses, type NodeProcess, type Processes } from '../platform/processes.ts';
import { ask } from '../platform/TestClient.ts';
import { codeOf, HANGZHOU, openCase, openPage, SONGJIANG } from '../sessions/newCounters.ts';
import { Attendee } from './Attendee.ts';
import { enter, expectTypes } from './calls.ts';
import { eventsOfSession } from './expectNothingLost.ts';

const IN_TIME = { timeout: 60_000, interval: 250 };
const BEGUN = ['requested', 'ringing', 'joined', 'answered', 'joined'];
const MOVED = [...BEGUN, 'mediaLost', 'moved'];

/** A call of 松江 with 杭州 at the first hub of two; it stands on the node of 松江. */
async function newCall() {
	const processes = await newProcesses({ hubs: 2, nodes: 2, cities: [SONGJIANG, HANGZHOU] });
	const clerk = await Attendee.open(await processes.signIn('clerk', SONGJIANG));
	const approver = await Attendee.open(await processes.signIn('approver', HANGZHOU));
	const caseId = await openCase(clerk.page.client);
	const asked = { caseId, purpose: 'review' as const, note: '', callsBack: null, commandId: randomUUID() };
	const { session, admission } = await ask(clerk.page.socket, 'session:request', asked);
	await clerk.sit(admission);
	await expectTypes(processes, session.id, ['requested', 'ringing', 'joined']);
	const commandId = randomUUID();
	const answered = await ask(approver.page.socket, 'session:answer', { commandId, sessionId: session.id });
	await approver.sit(answered.admission);
	await expectTypes(processes, session.id, BEGUN);
	const [home, other] = processes.nodes;
	if (!home || !other) throw new Error('two nodes are needed');
	expect([admission.home, answered.admission.home]).toEqual(['media-1', 'media-1']);
	return { processes, home, other, clerk, approver, sessionId: session.id };
}

async function packetsFlow(...attendees: Attendee[]): Promise<void> {
	const before = attendees.map(({ packets }) => packets);
	for (const [i, attendee] of attendees.entries())
		await expect.poll(() => attendee.packets, IN_TIME).toBeGreaterThan((before[i] ?? 0) + 50);
}

const moves = async ({ registry }: Processes, sessionId: string) =>
	(await eventsOfSession(registry, sessionId)).filter(({ type }) => type === 'session.moved');

async function expectWhole(processes: Processes, sessionId: string): Promise<void> {
	const events = await eventsOfSession(processes.registry, sessionId);
	expect(events.map(({ version }) => version)).toEqual(events.map((_, i) => i + 1));
	expect(await verifyTimelines(processes.registry.context.connection)).toMatchObject({ faulty: 0 });
}

/** How many rooms the node holds. */
async function roomsAt({ ready }: NodeProcess): Promise<number> {
	const metrics = await (await fetch(`${ready.signalUrl}/metrics`)).text();
	return Number(/^media_rooms (\d+)$/m.exec(metrics)?.[1]);
}

test('X6 B-10 the node where a call stands is gone for good: two hubs move the room once, pictures come back, and the node finds no ghost', async () => {
	const { processes, home, other, clerk, approver, sessionId } = await newCall();
	await packetsFlow(clerk, approver);
	for (const attendee of [clerk, approver]) attendee.follow();
	const before = clerk.admission;
	await home.kill();
	await expect.poll(() => moves(processes, sessionId), IN_TIME).toHaveLength(1);
	expect((await moves(processes, sessionId))[0]?.data).toEqual({ from: 'media-1', nodeId: 'media-2' });
	const types = [...MOVED, 'mediaRestored'];
	await eventually(() => {
		for (const { admission } of [clerk, approver]) expect(admission?.home).toBe('media-2');
	});
	await packetsFlow(clerk, approver);
	await expectTypes(processes, sessionId, types);

	await home.start();
	await processes.nodeRegistered(home);
	// Within its two minutes the token of before is as good as on the day it was signed; the node learns better.
	if (!before) throw new Error('nobody was let in');
	await expect.poll(() => codeOf(enter(before)), IN_TIME).toBe('MEDIA-6017');
	await expect.poll(() => roomsAt(home), IN_TIME).toBe(0);
	expect(await roomsAt(other)).toBe(1);
	await packetsFlow(clerk, approver);
	await expectTypes(processes, sessionId, types);

	const concluded = { commandId: randomUUID(), sessionId, conclusion: 'pass' as const, note: '' };
	await ask(approver.page.socket, 'session:conclude', concluded);
	await expectTypes(processes, sessionId, [...types, 'concluded']);
	await expect.poll(() => roomsAt(other), IN_TIME).toBe(0);
	await expectWhole(processes, sessionId);
}, 240_000);

test('X6 B-10 a node that only stood still holds a room that has moved: it is told, and what it tells late changes nothing', async () => {
	const { processes, home, clerk, approver, sessionId } = await newCall();
	process.kill(home.pid, 'SIGSTOP');
	await expect.poll(() => moves(processes, sessionId), IN_TIME).toHaveLength(1);
	// Whoever sat in it has given up, and nobody comes and so tells the hubs that there is such a room.
	for (const attendee of [clerk, approver]) attendee.rise();
	process.kill(home.pid, 'SIGCONT');
	const before = clerk.admission;
	if (!before) throw new Error('nobody was let in');
	await expect.poll(() => roomsAt(home), IN_TIME).toBe(0);
	expect(await codeOf(enter(before))).toBe('MEDIA-6017');
	await expectTypes(processes, sessionId, MOVED);

	for (const { page } of [clerk, approver]) {
		const { admission } = await ask(page.socket, 'session:admit', { sessionId, takeOver: false });
		await (page === clerk.page ? clerk : approver).sit(admission);
	}
	await packetsFlow(clerk, approver);
	await expectTypes(processes, sessionId, [...MOVED, 'mediaRestored']);
	await expectWhole(processes, sessionId);
}, 240_000);

test('X6 B-10 every hub is killed when the room has moved and nobody was told: pages learn it when they are back', async () => {
	const { processes, home, clerk, approver, sessionId } = await newCall();
	await home.kill();
	await expect.poll(() => moves(processes, sessionId), { ...IN_TIME, interval: 20 }).toHaveLength(1);
	await Promise.all(processes.hubs.map((hub) => hub.kill()));
	await processes.hub.start();
	await processes.nodeRegistered(processes.nodes[1]);
	for (const attendee of [clerk, approver]) {
		// The same page, whose socket has come back.
		const { client, socket } = attendee.page;
		const { pageId } = socket.auth as { pageId: string };
		socket.close();
		const page = await openPage(client, pageId);
		const { active } = await ask(page.socket, 'session:mine', {});
		expect(active).toMatchObject({ id: sessionId, nodeId: 'media-2' });
		const { admission } = await ask(page.socket, 'session:admit', { sessionId, takeOver: false });
		await attendee.sit(admission);
	}
	await packetsFlow(clerk, approver);
	await expectTypes(processes, sessionId, [...MOVED, 'mediaRestored']);
	await expectWhole(processes, sessionId);
}, 240_000);
