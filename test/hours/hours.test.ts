import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { DEFAULT_WEEK, HOURS_LIMITS, hoursView } from '@counter-hub/shared/hours/hours.ts';
import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { openingOf } from '@counter-hub/hub-server/features/hours/openingOf.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { openCase } from '../cases/caseFixtures.ts';
import { newHub, type TestHub } from '../platform/newHub.ts';
import type { TestClient } from '../platform/TestClient.ts';

const SONGJIANG = seededCounterId('310117');
/** Exceptions are shown from some weeks ago on: so they are on days from today. */
const day = (ahead: number) => addDays(shanghaiDate(Date.now()), ahead);
const at = (text: string) => Date.parse(`${text}:00+08:00`);
const LATE = DEFAULT_WEEK.map((_, day) => (day < 5 ? [{ from: '10:00', to: '19:00' }] : []));

const setWeek = (client: TestClient, version: number, more: object = {}) =>
	client.send('PUT', `/counters/${SONGJIANG}/hours`, {
		commandId: randomUUID(),
		version,
		week: LATE,
		...more,
	});
const setException = (
	client: TestClient,
	version: number,
	date: string,
	exception: object | null,
	more: object = {},
) =>
	client.send('PUT', `/counters/${SONGJIANG}/hours/exceptions/${date}`, {
		commandId: randomUUID(),
		version,
		exception,
		...more,
	});
const CLOSED = { spans: [], reason: '全楼停电检修' };
const hoursOf = async (client: TestClient) =>
	hoursView.parse(await client.get('/hours')).counters.find(({ counterId }) => counterId === SONGJIANG);
const eventsOf = async (hub: TestHub) =>
	(await timeline(hub.context).page(`counter:${SONGJIANG}`, { limit: 50 })).events;

test('S6.1 counters have usual hours until an administrator of the city sets others, which everybody reads at every hub', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '330100');
	const { counters } = hoursView.parse(await clerk.get('/hours'));
	expect(counters).toHaveLength(9);
	for (const one of counters)
		expect(one).toMatchObject({
			version: 0,
			isDefault: true,
			week: DEFAULT_WEEK,
			exceptions: [],
			changed: null,
		});
	expect((await hub.client().send('GET', '/hours')).status).toBe(401);

	const admin = await hub.signIn('administrator', '310117', { displayName: '管理员甲' });
	const commandId = randomUUID();
	const answers = await Promise.all([1, 2, 3].map(() => setWeek(admin, 0, { commandId })));
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
	expect(await hoursOf(clerk)).toMatchObject({
		version: 1,
		isDefault: false,
		week: LATE,
		changed: { by: '管理员甲' },
	});
	const other = await newHub({ sharing: hub });
	expect(await openingOf(other.context, SONGJIANG, at('2026-11-23T10:00'))).toEqual({
		open: true,
		until: at('2026-11-23T19:00'),
		next: at('2026-11-24T10:00'),
		beyond: false,
	});
	expect(await openingOf(hub.context, seededCounterId('330100'), at('2026-11-23T13:00'))).toMatchObject({
		open: false,
		next: at('2026-11-23T13:30'),
	});
	await expect(openingOf(hub.context, randomUUID())).rejects.toMatchObject({ key: 'unknownCounter' });
	const events = await eventsOf(hub);
	expect(events.map(({ type }) => type)).toEqual(['hours.weekSet']);
	expect(JSON.stringify(events)).not.toContain('管理员甲');
	expect(await setWeek(admin, 0, { commandId, week: DEFAULT_WEEK })).toMatchObject({
		body: { code: 'REQ-1009' },
	});
});

test('S6.1 a date is closed or has other hours, with a reason, until that is lifted', async () => {
	const hub = await newHub();
	const admin = await hub.signIn('administrator', '310117');
	expect((await setException(admin, 0, day(1), CLOSED)).status).toBe(200);
	expect(await openingOf(hub.context, SONGJIANG, at(`${day(1)}T10:00`))).toMatchObject({ open: false });
	const other = {
		spans: [
			{ from: '14:00', to: '16:00' },
			{ from: '09:00', to: '11:00' },
		],
		reason: '周末延时服务',
	};
	expect((await setException(admin, 1, day(2), other)).status).toBe(200);
	expect(await openingOf(hub.context, SONGJIANG, at(`${day(2)}T10:00`))).toEqual({
		open: true,
		until: at(`${day(2)}T11:00`),
		next: at(`${day(2)}T14:00`),
		beyond: false,
	});
	const hours = await hoursOf(admin);
	// The week is still the usual one.
	expect(hours).toMatchObject({ version: 2, isDefault: true, week: DEFAULT_WEEK });
	expect(hours?.exceptions).toEqual([
		{ date: day(1), ...CLOSED },
		{
			date: day(2),
			reason: '周末延时服务',
			spans: [
				{ from: '09:00', to: '11:00' },
				{ from: '14:00', to: '16:00' },
			],
		},
	]);
	expect((await setException(admin, 2, day(1), null)).status).toBe(200);
	// What is lifted already needs no event.
	expect((await setException(admin, 3, day(1), null)).status).toBe(200);
	expect((await hoursOf(admin))?.exceptions.map(({ date }) => date)).toEqual([day(2)]);
	expect((await eventsOf(hub)).map(({ type }) => type)).toEqual([
		'hours.exceptionSet',
		'hours.exceptionSet',
		'hours.exceptionLifted',
	]);
});

test('of two administrators at once the later one gets staleVersion, and nothing is overwritten', async () => {
	const hub = await newHub();
	const [one, two] = await Promise.all([1, 2].map(() => hub.signIn('administrator', '310117')));
	const answers = await Promise.all([setWeek(one!, 0), setException(two!, 0, day(3), CLOSED)]);
	expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
	expect(answers.find(({ status }) => status === 409)).toMatchObject({ body: { code: 'ORG-3004' } });
	expect(await setWeek(two!, 0, { week: DEFAULT_WEEK })).toMatchObject({ body: { code: 'ORG-3004' } });
	expect(await eventsOf(hub)).toHaveLength(1);
});

test('X2 wrong times, a foreign city and whoever is no administrator are refused by name, and nothing is written', async () => {
	const hub = await newHub();
	const admin = await hub.signIn('administrator', '310117');
	for (const [role, city] of [
		['clerk', '310117'],
		['approver', '310117'],
		['supervisor', '310117'],
		['administrator', '330100'],
	] as const) {
		const person = await hub.signIn(role, city);
		expect((await setWeek(person, 0)).status, role).toBe(403);
		expect((await setException(person, 0, day(3), CLOSED)).status, role).toBe(403);
	}
	const monday = (...spans: string[]) => ({
		week: LATE.map((day, index) =>
			index === 0 ? spans.map((text) => ({ from: text.slice(0, 5), to: text.slice(6) })) : day,
		),
	});
	for (const [more, code] of [
		[monday('09:00–12:00', '11:00–13:00'), 'HOURS-4913'],
		[monday('12:00–09:00'), 'HOURS-4912'],
		[monday('18:00–00:00'), 'HOURS-4911'],
		[monday('9:00–12:00'), 'REQ-1001'],
	] as const)
		expect(await setWeek(admin, 0, more), code).toMatchObject({ status: 422, body: { code } });
	expect(await setException(admin, 0, '2026-02-30', CLOSED)).toMatchObject({ body: { code: 'REQ-1001' } });
	expect(await setException(admin, 0, day(3), { spans: [], reason: '' })).toMatchObject({
		body: { code: 'REQ-1001' },
	});
	expect(await setException(admin, 0, day(3), { spans: [], reason: '找 13800138000' })).toMatchObject({
		body: { code: 'FORM-1105' },
	});
	expect(
		await admin.send('PUT', `/counters/${randomUUID()}/hours`, {
			commandId: randomUUID(),
			version: 0,
			week: LATE,
		}),
	).toMatchObject({ body: { code: 'ORG-3002' } });
	expect(await eventsOf(hub)).toEqual([]);
});

test('exceptions are bounded, and one too many is refused by name', async () => {
	const hub = await newHub();
	const admin = await hub.signIn('administrator', '310117');
	const most = HOURS_LIMITS.exceptions;
	await Promise.all(
		Array.from({ length: most }, (_, n) =>
			timeline(hub.context).append({
				subject: `counter:${SONGJIANG}`,
				commandId: randomUUID(),
				decide: () => [
					{
						type: 'hours.exceptionSet',
						data: { date: day(n), ...CLOSED },
						actor: { kind: 'system', by: 'hub' },
					},
				],
			}),
		),
	);
	expect(await setException(admin, most, day(most), CLOSED)).toMatchObject({
		status: 409,
		body: { code: 'HOURS-4914', params: { most } },
	});
	// One that is there may be changed, or make room.
	expect((await setException(admin, most, day(0), { ...CLOSED, reason: '改期检修' })).status).toBe(200);
	expect((await setException(admin, most + 1, day(1), null)).status).toBe(200);
	expect((await setException(admin, most + 2, day(most), CLOSED)).status).toBe(200);
});

test('S6.1 a counter that is closed serves all the same: hours inform', async () => {
	const hub = await newHub();
	const admin = await hub.signIn('administrator', '310117');
	const clerk = await hub.signIn('clerk', '310117');
	expect((await setException(admin, 0, day(0), CLOSED)).status).toBe(200);
	expect((await setException(admin, 1, day(1), CLOSED)).status).toBe(200);
	expect(await openingOf(hub.context, SONGJIANG)).toMatchObject({ open: false });
	expect((await openCase(clerk)).id).toMatch(/^[0-9a-f-]{36}$/);
});
