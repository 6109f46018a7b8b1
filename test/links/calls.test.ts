import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { CALL_GRACE_MS, CALL_REPORT_MS } from '@counter-hub/shared/links/callTimes.ts';
import { linkHistory, linkMatrix } from '@counter-hub/shared/links/matrix.ts';
import type { MeasuredInCall } from '@counter-hub/shared/links/measured.ts';
import { linkTickets } from '@counter-hub/shared/tickets/tickets.ts';
import type { NewHubOptions, TestHub } from '../platform/newHub.ts';
import { ask, type TestClient } from '../platform/TestClient.ts';
import {
	answer,
	codeOf,
	eventsOf,
	HANGZHOU,
	newCounters,
	newPage,
	openCase,
	request,
	SONGJIANG,
	type Page,
} from '../sessions/newCounters.ts';
import { comeIn, LinkWindow } from './LinkWindow.ts';

const IN_TIME = { timeout: 30_000 };
/** What arrives in a call that nobody has anything to say against. */
const WELL: MeasuredInCall = {
	seconds: 12,
	picture: { frames: 290, framesPerSecond: 24, width: 1280, height: 720 },
	sound: { packets: 600 },
	roundTripMs: 40,
	lossPercent: 0.2,
	jitterMs: 4,
	path: 'udp',
};
const LOSSY: MeasuredInCall = { ...WELL, lossPercent: 22 };

const heard = (page: Page, sessionId: string, measured: MeasuredInCall = LOSSY) =>
	ask(page.socket, 'link:heard', { sessionId, measured });
const recorded = (hub: TestHub) =>
	hub.context.connection.collection('timeline_events').countDocuments({ type: 'link.heard' });

/** A call between the two, answered, with the people named in its room. */
async function newCall(inRoom: 'both' | 'callerOnly' = 'both', options: NewHubOptions = {}) {
	const { hub, clerk, approver } = await newCounters(options);
	const caseId = await openCase(clerk.client);
	const asked = await request(clerk, caseId);
	const sessionId = asked.session.id;
	const answered = await answer(approver, sessionId);
	const admissions = [asked.admission, ...(inRoom === 'both' ? [answered.admission] : [])];
	for (const admission of admissions) await comeIn({ admission });
	await expect
		.poll(
			async () =>
				(await eventsOf(clerk.client, caseId)).filter(({ type }) => type === 'session.joined').length,
		)
		.toBe(admissions.length);
	return { hub, clerk, approver, sessionId };
}

async function wayOf(client: TestClient, from: string, to: string) {
	const { cells, diagnoses } = linkMatrix.parse(await client.get('/links/matrix'));
	const cell = cells.find((one) => one.from === from && one.to === to);
	return { state: cell?.state, counters: cell?.counters ?? [], diagnoses };
}

test('L4 L5 K-8 what goes bad in a call turns its direction red, with its history, its diagnosis and a ticket', async () => {
	const { hub, clerk, approver, sessionId } = await newCall();
	await heard(approver, sessionId);
	const { state, counters, diagnoses } = await wayOf(clerk.client, SONGJIANG, HANGZHOU);
	expect(state).toBe('fail');
	expect(counters).toMatchObject([
		{
			cause: 'call',
			sourceId: sessionId,
			findings: [{ kind: 'loss', level: 'fail' }],
			from: { staffId: clerk.staffId, counterName: '松江专窗' },
			to: { staffId: approver.staffId, counterName: '杭州专窗' },
		},
	]);
	// Only of the one direction is anything known.
	expect((await wayOf(clerk.client, HANGZHOU, SONGJIANG)).counters).toEqual([]);
	expect(diagnoses).toEqual([{ kind: 'path', cities: [SONGJIANG, HANGZHOU], failed: 1, of: 1 }]);
	const history = async (from: string, to: string) =>
		linkHistory.parse(await clerk.client.get(`/links/history?from=${from}&to=${to}&days=1`)).days;
	expect(await history(SONGJIANG, HANGZHOU)).toMatchObject([{ verdict: 'fail', measurements: 1 }]);
	expect(await history(HANGZHOU, SONGJIANG)).toEqual([]);

	const ticketsFor = async (client: TestClient) =>
		linkTickets.parse(await client.get(`/link-tickets?city=${SONGJIANG}&other=${HANGZHOU}`)).tickets;
	await expect
		.poll(() => ticketsFor(approver.client), IN_TIME)
		.toMatchObject([
			{ state: 'pending', cityCode: HANGZHOU, cause: { kind: 'link', from: SONGJIANG, to: HANGZHOU } },
		]);
	// Who answers for it may open it; the other city sees that it is there.
	expect((await ticketsFor(approver.client))[0]?.ticketId).not.toBeNull();
	expect((await ticketsFor(clerk.client))[0]?.ticketId).toBeNull();
	expect(await recorded(hub)).toBe(1);
});

test('K-8 a call that is well takes no fault back; the exchange after it does, and solves the ticket', async () => {
	const { hub, clerk, approver, sessionId } = await newCall();
	await heard(approver, sessionId);
	await heard(clerk, sessionId, WELL);
	expect((await wayOf(clerk.client, HANGZHOU, SONGJIANG)).state).toBe('pass');
	// The same two counters, as soon as both are free and checked.
	await LinkWindow.open(hub, SONGJIANG);
	await LinkWindow.open(hub, HANGZHOU);
	await expect.poll(async () => (await wayOf(clerk.client, SONGJIANG, HANGZHOU)).state, IN_TIME).toBe('pass');
	const open = async () =>
		linkTickets.parse(await clerk.client.get(`/link-tickets?city=${SONGJIANG}&other=${HANGZHOU}`)).tickets;
	await expect.poll(open, IN_TIME).toEqual([]);
});

test('K-8 of each direction of a call one report counts in five minutes; whatever else comes is no other', async () => {
	let ahead = 0;
	const { hub, clerk, approver, sessionId } = await newCall('both', { now: () => Date.now() + ahead });
	await Promise.all([
		heard(approver, sessionId),
		heard(approver, sessionId),
		heard(approver, sessionId, WELL),
	]);
	await heard(clerk, sessionId);
	expect(await recorded(hub)).toBe(2);
	ahead = CALL_REPORT_MS;
	await heard(approver, sessionId);
	expect(await recorded(hub)).toBe(3);
});

test('K-8 nothing is said of what was not to be expected: muted, switched off, not shown', async () => {
	const { hub, clerk, approver, sessionId } = await newCall();
	await heard(approver, sessionId, { ...WELL, picture: null, sound: null, lossPercent: 0 });
	expect(await recorded(hub)).toBe(0);
	await heard(approver, sessionId, { ...WELL, picture: null });
	await heard(clerk, sessionId, { ...WELL, sound: null });
	expect((await wayOf(clerk.client, SONGJIANG, HANGZHOU)).state).toBe('pass');
	expect((await wayOf(clerk.client, HANGZHOU, SONGJIANG)).state).toBe('pass');
});

test('K-8 refused by name: who was not there, too late, and nonsense; nothing is kept of it', async () => {
	let ahead = 0;
	const { hub, clerk, approver, sessionId } = await newCall('callerOnly', { now: () => Date.now() + ahead });
	const colleague = await newPage(hub, 'approver', HANGZHOU);
	expect(await codeOf(heard(colleague, sessionId))).toBe('LINK-1205');
	// He has answered, and no node saw him in the room.
	expect(await codeOf(heard(approver, sessionId))).toBe('LINK-1205');
	expect(await codeOf(heard(clerk, randomUUID()))).toBe('LINK-1205');
	const nonsense: object[] = [
		{ ...WELL, seconds: 1 },
		{ ...WELL, seconds: 61 },
		{ ...WELL, lossPercent: 101 },
		{ ...WELL, roundTripMs: -1 },
		{ ...WELL, picture: { ...WELL.picture, frames: 1.5 } },
		{ ...WELL, sound: { packets: 600, level: -20 } },
		{ ...WELL, verdict: 'fail' },
	];
	for (const measured of nonsense)
		expect(await codeOf(heard(clerk, sessionId, measured as MeasuredInCall))).toBe('REQ-1001');
	expect(await recorded(hub)).toBe(0);

	await ask(clerk.socket, 'session:hangUp', { commandId: randomUUID(), sessionId });
	await heard(clerk, sessionId);
	expect(await recorded(hub)).toBe(1);
	ahead = CALL_GRACE_MS + 5_000;
	expect(await codeOf(heard(clerk, sessionId))).toBe('LINK-1204');
	expect(await recorded(hub)).toBe(1);
});

test('K-8 before anybody answered nothing has arrived', async () => {
	const { clerk } = await newCounters();
	const { session } = await request(clerk, await openCase(clerk.client));
	expect(await codeOf(heard(clerk, session.id))).toBe('LINK-1205');
});
