import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import type { CounterPresence } from '@counter-hub/shared/presence/presence.ts';
import { EventStore } from '@counter-hub/hub-server/features/timeline/EventStore.ts';
import { sealEvents } from '@counter-hub/hub-server/features/timeline/sealEvents.ts';
import { participantIdOf } from '@counter-hub/hub-server/features/media-nodes/MediaGrants.ts';
import { engagementModel } from '@counter-hub/hub-server/features/presence/Engagement.model.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { eventually } from '../platform/eventually.ts';
import { newHub, TestHub } from '../platform/newHub.ts';
import { ask, type TestClient } from '../platform/TestClient.ts';
import {
	attachNode,
	eventsOf,
	HANGZHOU,
	newPage,
	openCase,
	openPage,
	SONGJIANG,
} from '../sessions/newCounters.ts';
import { expectSettled } from './expectNothingLost.ts';

let now = 0;
let hub: TestHub;
let clerk: TestClient;
beforeAll(async () => {
	hub = await TestHub.create({ now: () => Date.now() + now });
	clerk = await hub.signIn('clerk', SONGJIANG);
});
afterAll(() => hub.close());

const HALF = '\ud83d';

test('T-1 T-2 half a character is refused everywhere, and no refused command is left waiting', async () => {
	const caseId = await openCase(clerk);
	const commandId = randomUUID();
	const bodies: [string, unknown][] = [
		[`/cases/${caseId}/unmask`, { commandId, reason: `reason ${HALF}` }],
		['/auth/password', { current: 'x', next: `new-password-${HALF}` }],
	];
	for (const [path, body] of bodies) {
		expect(await clerk.refused('POST', path, body), path).toMatchObject({ status: 422, code: 'REQ-1001' });
	}
	const text = await (await fetch(`${hub.url}/metrics`)).text();
	expect(/^hub_timeline_waiting (\d+)$/m.exec(text)?.[1]).toBe('0');
	expect(await eventsOf(clerk, caseId)).toHaveLength(1);
});

test('H-2 a search never becomes a pattern, whatever stands in it', async () => {
	await openCase(clerk);
	for (const text of ['\0', '(a+)+$', '.*', '[', '\\', '^', '$ne', 'a'.repeat(100), '*'.repeat(100)]) {
		const found = await clerk.get(`/cases?text=${encodeURIComponent(text)}`);
		expect(found, text).toMatchObject({ cases: [] });
	}
});

test('S-2 nobody acts from a window of another counter', async () => {
	const page = await openPage(clerk);
	const counters = (await clerk.get('/counters')) as {
		counters: { id: string; windows: { id: string }[] }[];
	};
	const windowOf = (counterId: string) =>
		counters.counters.find(({ id }) => id === counterId)?.windows[0]?.id ?? '';
	for (const windowId of [windowOf(seededCounterId(HANGZHOU)), randomUUID()]) {
		await expect(ask(page.socket, 'presence:renew', { windowId })).rejects.toMatchObject({
			code: 'ORG-3003',
		});
	}
	await ask(page.socket, 'presence:renew', { windowId: windowOf(seededCounterId(SONGJIANG)) });
});

test('S-6 one calls back only a call that one’s own counter missed', async () => {
	const page = await openPage(clerk);
	const caseId = await openCase(clerk);
	const ofNobody = ask(page.socket, 'session:request', {
		commandId: randomUUID(),
		caseId,
		purpose: 'guidance',
		note: '',
		callsBack: randomUUID(),
	});
	await expect(ofNobody).rejects.toMatchObject({ code: 'CALL-5001' });
	expect(await eventsOf(clerk, caseId)).toHaveLength(1);
});

test('X3 T-11 one reason shows the applicant’s data for a minute, not for ever', async () => {
	const caseId = await openCase(clerk);
	const body = { commandId: randomUUID(), reason: '核对身份证件' };
	const shown = await clerk.post(`/cases/${caseId}/unmask`, body);
	expect(await clerk.post(`/cases/${caseId}/unmask`, body)).toEqual(shown);
	now += 5 * 60_000;
	expect(await clerk.refused('POST', `/cases/${caseId}/unmask`, body)).toMatchObject({ code: 'REQ-1009' });
	expect(await eventsOf(clerk, caseId)).toHaveLength(2);
});

test('H-5 who gets another post stands at the new counter only, and sees presence only if the post allows', async () => {
	const administrator = await hub.signIn('administrator', SONGJIANG, { cities: [SONGJIANG, HANGZHOU] });
	const { client, socket, staffId } = await newPage(hub, 'approver', HANGZHOU);
	const observer = await openPage(clerk);
	let last: CounterPresence[] = [];
	observer.socket.on('presence:changed', ({ counters }) => {
		last = counters;
	});
	let heard = 0;
	socket.on('presence:changed', () => {
		heard++;
	});
	const cities = () =>
		last
			.filter(({ people }) => people.some((one) => one.staffId === staffId))
			.map(({ cityCode }) => cityCode);
	const move = async (post: object) => {
		const { staff } = await client.me();
		await administrator.patch(`/staff/${staffId}`, { version: staff.version, post });
	};
	await move({ role: 'clerk', cities: [SONGJIANG], counterId: seededCounterId(SONGJIANG) });
	await eventually(() => expect(cities()).toEqual([SONGJIANG]));
	await move({ role: 'administrator', cities: [SONGJIANG], counterId: null });
	await eventually(() => expect(cities()).toEqual([]));
	const before = heard;
	await newPage(hub, 'approver', HANGZHOU);
	await eventually(() =>
		expect(last.find(({ cityCode }) => cityCode === HANGZHOU)?.people.length).toBeGreaterThan(0),
	);
	expect(heard).toBe(before);
});

test('S-4 T-5 what a hub left half-way is completed and settled by the next: the request rings out, nobody stays busy', async () => {
	const first = await newHub();
	await attachNode(first);
	const caller = await newPage(first, 'clerk', SONGJIANG);
	const caseId = await openCase(caller.client);
	const { connection } = first.context;
	const store = new EventStore(connection);
	const subject = subjectOfCase(caseId);
	const sessionId = randomUUID();
	const at = new Date();
	const head = await store.head(subject);
	const { staff } = await caller.client.me();
	const actor = {
		kind: 'staff' as const,
		staffId: staff.id,
		role: staff.role,
		cityCode: SONGJIANG,
		counterId: staff.counterId,
		windowId: null,
		duty: 'receiving' as const,
	};
	const requested = {
		purpose: 'guidance' as const,
		note: '',
		caller: {
			participantId: participantIdOf(sessionId, staff.id),
			staffId: staff.id,
			counterId: seededCounterId(SONGJIANG),
			cityCode: SONGJIANG,
			duty: 'receiving' as const,
			windowId: null,
		},
		toCounterId: seededCounterId(HANGZHOU),
		toCity: HANGZHOU,
		toDuty: 'permit' as const,
		callsBack: null,
	};
	const [half] = sealEvents(
		subject,
		head ?? undefined,
		sessionId,
		[
			{
				type: 'session.requested',
				data: requested,
				actor,
				about: { sessionId },
				machine: `session:${sessionId}`,
				version: 1,
			},
			{
				type: 'session.ringing',
				data: { nodeId: 'media-1', ringUntil: at.toISOString() },
				actor,
				about: { sessionId },
				machine: `session:${sessionId}`,
				version: 2,
			},
		],
		at,
	);
	if (!half) throw new Error('two events were to be sealed');
	await store.insert([half]);
	await engagementModel(connection).create({
		_id: staff.id,
		sessionId,
		phase: 'ringing',
		pageId: caller.client.pageId,
		signInId: caller.client.signInId,
		since: at,
	});
	// A colleague is still marked as busy with a call that never came to be.
	await engagementModel(connection).create({
		_id: randomUUID(),
		sessionId: randomUUID(),
		phase: 'ringing',
		pageId: randomUUID(),
		signInId: randomUUID(),
		since: new Date(at.getTime() - 60_000),
	});
	await first.close();

	const second = await newHub({ sharing: first });
	const after = new EventStore(second.context.connection);
	await eventually(async () => {
		const types = (await after.walk(subject).toArray()).map(({ type }) => type);
		expect(types).toEqual(['case.opened', 'session.requested', 'session.ringing', 'session.missed']);
	});
	await expectSettled(second);
});
