import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { calendarView, type CalendarView } from '@counter-hub/shared/calendar/calendar.ts';
import { addWorkingDays, dayStatus } from '@counter-hub/shared/calendar/workCalendar.ts';
import { calendarOf } from '@counter-hub/hub-server/features/calendar/calendarProjection.ts';
import { plantOfficialYears } from '@counter-hub/hub-server/features/calendar/plantOfficialYears.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { newHub, type TestHub } from '../platform/newHub.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { YEAR_2026, YEAR_2027 } from './year2026.ts';

const OFFICIAL_YEARS = 23;
const read = async (client: TestClient): Promise<CalendarView> =>
	calendarView.parse(await client.get('/calendar'));
const importYear = (client: TestClient, version: number, more: object = {}) =>
	client.send('POST', '/calendar/years', { commandId: randomUUID(), version, ...YEAR_2027, ...more });
const eventsOf = async (hub: TestHub) =>
	(await timeline(hub.context).page('calendar:cn', { limit: 100 })).events;

test('S6.3.3 everybody signed in reads the calendar, which comes with the official years and says how far it reaches', async () => {
	const hub = await newHub();
	for (const role of ['clerk', 'approver', 'supervisor', 'administrator'] as const) {
		const calendar = await read(await hub.signIn(role, '310117'));
		expect(calendar).toMatchObject({ version: OFFICIAL_YEARS, coveredUntil: '2026-12-31' });
		expect(calendar.years.at(-1)).toMatchObject({
			year: 2026,
			workedWeekends: YEAR_2026.workedWeekends,
			by: null,
		});
	}
	expect((await hub.client().send('GET', '/calendar')).status).toBe(401);
	const calendar = await calendarOf(hub.context);
	expect(addWorkingDays(calendar, '2026-02-13', 1)).toEqual({ beyond: false, date: '2026-02-14' });
	expect(dayStatus(calendar, '2027-01-01')).toBe('beyond');
});

test('the official years are planted once, by several hubs at once and at every later start, and never over an import', async () => {
	const hub = await newHub();
	const admin = await hub.signIn('administrator', '310117');
	const corrected = { ...YEAR_2026, daysOff: [...YEAR_2026.daysOff, '2026-12-31'] };
	expect((await importYear(admin, OFFICIAL_YEARS, corrected)).status).toBe(200);
	await newHub({ sharing: hub });
	await Promise.all([1, 2, 3].map(() => plantOfficialYears(hub.context)));
	expect(await eventsOf(hub)).toHaveLength(OFFICIAL_YEARS + 1);
	expect(dayStatus(await calendarOf(hub.context), '2026-12-31')).toBe('off');
});

test('S6.3.3 X3 an administrator brings in the next year: it counts at every hub, and the timeline says who did it once', async () => {
	const hub = await newHub();
	const other = await newHub({ sharing: hub });
	const admin = await hub.signIn('administrator', '310117', { displayName: '管理员甲' });
	const commandId = randomUUID();
	const answers = await Promise.all([1, 2, 3].map(() => importYear(admin, OFFICIAL_YEARS, { commandId })));
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
	const { years, ...calendar } = await read(admin);
	expect(calendar).toEqual({ version: OFFICIAL_YEARS + 1, coveredUntil: '2027-12-31' });
	expect(years.at(-1)).toMatchObject({ ...YEAR_2027, by: '管理员甲' });
	expect(addWorkingDays(await calendarOf(other.context), '2026-12-31', 1)).toEqual({
		beyond: false,
		date: '2027-01-04',
	});
	const events = await eventsOf(hub);
	expect(events).toHaveLength(OFFICIAL_YEARS + 1);
	expect(events.at(-1)).toMatchObject({ type: 'calendar.yearSet', actor: { kind: 'staff' } });
	expect(JSON.stringify(events)).not.toContain('管理员甲');
	expect(await importYear(admin, OFFICIAL_YEARS, { commandId, source: '另一份通知' })).toMatchObject({
		status: 409,
		body: { code: 'REQ-1009' },
	});
	// The same again is no change, also under another command.
	expect((await importYear(admin, OFFICIAL_YEARS + 1)).status).toBe(200);
	expect(await eventsOf(hub)).toHaveLength(OFFICIAL_YEARS + 1);
});

test('of two administrators at once the later one is told that the calendar has changed', async () => {
	const hub = await newHub();
	const [one, two] = await Promise.all([
		hub.signIn('administrator', '310117'),
		hub.signIn('administrator', '330100'),
	]);
	const answers = await Promise.all([
		importYear(one, OFFICIAL_YEARS),
		importYear(two, OFFICIAL_YEARS, { source: '第二位管理员的文件' }),
	]);
	expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
	expect(answers.find(({ status }) => status === 409)).toMatchObject({ body: { code: 'ORG-3004' } });
	expect(await eventsOf(hub)).toHaveLength(OFFICIAL_YEARS + 1);
});

test('X2 a wrong file, a gap, and whoever is no administrator are refused by name, and nothing is written', async () => {
	const hub = await newHub();
	const admin = await hub.signIn('administrator', '310117');
	for (const role of ['clerk', 'approver', 'supervisor'] as const)
		expect((await importYear(await hub.signIn(role, '310117'), OFFICIAL_YEARS)).status).toBe(403);
	for (const [more, code] of [
		[{ daysOff: ['2026-12-31'] }, 'CAL-4901'],
		[{ workedWeekends: ['2027-02-12'] }, 'CAL-4902'],
		[{ workedWeekends: ['2027-02-06'] }, 'CAL-4903'],
		[{ daysOff: ['2027-01-01', '2027-01-01'] }, 'CAL-4904'],
		[{ year: 2028, daysOff: ['2028-01-01'], workedWeekends: [] }, 'CAL-4905'],
		[{ source: '经办 13800138000' }, 'FORM-1105'],
		[{ daysOff: [] }, 'REQ-1001'],
		[{ version: OFFICIAL_YEARS - 1 }, 'ORG-3004'],
	] as const)
		expect(await importYear(admin, OFFICIAL_YEARS, more), code).toMatchObject({ body: { code } });
	expect(await eventsOf(hub)).toHaveLength(OFFICIAL_YEARS);
	expect(dayStatus(await calendarOf(hub.context), '2027-01-01')).toBe('beyond');
});
