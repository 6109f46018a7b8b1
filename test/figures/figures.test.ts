import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { dayFigures } from '@counter-hub/shared/figures/figures.ts';
import { jobsView } from '@counter-hub/shared/jobs/jobs.ts';
import { figuresOf, reviewFiguresOf } from '@counter-hub/hub-server/features/figures/readFigures.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { jobs } from '@counter-hub/hub-server/jobs.ts';
import { eventually } from '../platform/eventually.ts';
import { newHub } from '../platform/newHub.ts';
import { newProcesses } from '../platform/processes.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { CALLED, recount, tellSession, today } from './sessionStories.ts';

async function figuresAt(client: TestClient, day = today()) {
	const { counters } = dayFigures.parse(await client.get(`/figures?day=${day}`));
	const called = counters.find(({ counterId }) => counterId === CALLED);
	if (!called) throw new Error('the called counter is missing');
	const { sessions, answered, missed, medianAnswerSeconds } = called;
	return { sessions, answered, missed, medianAnswerSeconds };
}

test('X-4 a day in four numbers: count, answered, missed, and the median of odd, even and no answers', () => {
	const after = (seconds: number) => ({
		requestedAt: new Date(0),
		answeredAt: new Date(seconds * 1000),
	});
	expect(figuresOf([])).toEqual({ sessions: 0, answered: 0, missed: 0, medianAnswerSeconds: null });
	expect(figuresOf([after(9), after(1), after(4)])).toMatchObject({ medianAnswerSeconds: 4 });
	expect(
		figuresOf([after(9), after(1), after(4), after(5), { requestedAt: new Date(0), isMissed: true }]),
	).toEqual({
		sessions: 5,
		answered: 4,
		missed: 1,
		medianAnswerSeconds: 4.5,
	});
});

test('V7 first-pass and rounds are figures of their own', () => {
	expect(reviewFiguresOf([])).toEqual({ firstReviews: 0, firstPasses: 0, roundsToPass: null });
	expect(
		reviewFiguresOf([
			{ round: 1, isPassed: true },
			{ round: 1, isPassed: false },
			{ round: 2, isPassed: false },
			{ round: 3, isPassed: true },
		]),
	).toEqual({ firstReviews: 2, firstPasses: 1, roundsToPass: 2 });
});

test('X-4 supervisors see the figures of their cities, which equal a recount; nobody else does', async () => {
	const hub = await newHub();
	const supervisor = await hub.signIn('supervisor', '330100');
	expect(await figuresAt(supervisor)).toEqual({
		sessions: 0,
		answered: 0,
		missed: 0,
		medianAnswerSeconds: null,
	});
	for (const outcome of ['answered', 'missed', 'requested', 'answered'] as const)
		await tellSession(hub, outcome);
	await expect.poll(() => figuresAt(supervisor)).toMatchObject({ sessions: 4, answered: 2, missed: 1 });
	expect(await figuresAt(supervisor)).toEqual(await recount(hub));
	expect(await figuresAt(supervisor, '2020-02-29')).toMatchObject({ sessions: 0 });
	// Made anew from the first event on, they are the same.
	await hub.context.connection.db!.collection('session_figures').deleteMany({});
	await jobs(hub.context).restart('figures');
	await eventually(async () => {
		expect(await figuresAt(supervisor)).toEqual(await recount(hub));
	});
	const elsewhere = await hub.signIn('supervisor', '310117');
	const { counters } = dayFigures.parse(await elsewhere.get(`/figures?day=${today()}`));
	expect(counters.map(({ cityCode }) => cityCode)).toEqual(['310117']);
	for (const role of ['clerk', 'approver', 'administrator'] as const) {
		const other = await hub.signIn(role, '330100');
		expect(await other.refused('GET', `/figures?day=${today()}`)).toMatchObject({ code: 'AUTH-2008' });
	}
	expect(await supervisor.refused('GET', '/figures?day=2026-02-30')).toMatchObject({ code: 'REQ-1001' });
});

test('X-3 X-4 kill -9 of the hub that has the job, again and again: nothing is counted twice or lost', async () => {
	const processes = await newProcesses({ hubs: 2, media: false });
	const { registry, hubs } = processes;
	await timeline(registry.context).start();
	const ending = new AbortController();
	const over = ending.signal;
	let told = 0;
	const teller = (async () => {
		while (!over.aborted) {
			await tellSession(registry, told % 3 === 0 ? 'missed' : 'answered');
			told++;
			// What the counting is behind with must not go by how fast the machine tells.
			await pause(25);
		}
	})();
	for (let round = 0; round < 2; round++) {
		await pause(500);
		await processes.restartHub('SIGKILL', hubs[round % 2]);
	}
	// Frozen for longer than its lease: another hub has the job, and the frozen one must not write when it wakes.
	await hubs[1]!.freeze(12_000);
	ending.abort();
	await teller;
	const { name, password } = await registry.addStaff({ role: 'supervisor', city: '330100' });
	const supervisor = processes.client();
	await supervisor.signIn(name, password);
	const expected = await recount(registry);
	expect(expected.sessions).toBe(told);
	await eventually(async () => {
		expect(await figuresAt(supervisor)).toEqual(expected);
	});
});

test('X-3 X-4 one event that cannot be counted is parked, an administrator sees it, and after a repair has it counted', async () => {
	const hub = await newHub();
	const supervisor = await hub.signIn('supervisor', '330100');
	const administrator = await hub.signIn('administrator', '330100');
	const events = hub.context.connection.db!.collection('timeline_events');
	await tellSession(hub, 'answered');
	await expect.poll(() => figuresAt(supervisor)).toMatchObject({ sessions: 1 });
	// No hub writes such an event; a fault of a later version might.
	const poison = {
		subject: 'case:00000000-0000-4000-8000-000000000000',
		seq: 1,
		at: new Date(),
		type: 'session.requested',
		actor: { kind: 'system', by: 'hub' },
		commandId: 'poison',
		about: { sessionId: '00000000-0000-4000-8000-000000000001' },
		machine: 'session:00000000-0000-4000-8000-000000000001',
		version: 1,
		data: {},
		prevHash: '0',
		hash: '0',
	};
	await events.insertOne(poison);
	await tellSession(hub, 'missed');
	const seen = async () => jobsView.parse(await administrator.get('/jobs'));
	await eventually(async () => {
		expect((await seen()).parked).toMatchObject([
			{ job: 'figures', subject: poison.subject, seq: 1, attempts: 6 },
		]);
	});
	const { jobs: listed, parked } = await seen();
	expect(listed.find(({ name }) => name === 'figures')).toMatchObject({
		holder: hub.context.hubId,
		parked: 1,
	});
	await expect.poll(() => figuresAt(supervisor)).toMatchObject({ sessions: 2, missed: 1 });

	const path = `/jobs/parked/${parked[0]!.id}/retry`;
	expect(await supervisor.refused('POST', path)).toMatchObject({ code: 'AUTH-2008' });
	expect(await supervisor.refused('GET', '/jobs')).toMatchObject({ code: 'AUTH-2008' });
	const unknown = `/jobs/parked/${'0'.repeat(32)}/retry`;
	expect(await administrator.refused('POST', unknown)).toMatchObject({ code: 'REQ-1004' });
	await events.updateOne({ subject: poison.subject }, { $set: { 'data.toCounterId': CALLED } });
	await administrator.post(path);
	// It is still not what its type promises, so it is parked once more, with the new word.
	await expect.poll(async () => (await seen()).parked).toMatchObject([{ attempts: 7, isWanted: false }]);
	const whole = await events.findOne({ type: 'session.requested', subject: { $ne: poison.subject } });
	await events.updateOne({ subject: poison.subject }, { $set: { data: whole!['data'] as object } });
	await administrator.post(path);
	await expect.poll(async () => (await seen()).parked).toEqual([]);
	await expect.poll(() => figuresAt(supervisor)).toMatchObject({ sessions: 3 });
});
