import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { rotaWeek } from '@counter-hub/shared/rota/rota.ts';
import { dutyAt } from '@counter-hub/hub-server/features/rota/dutyAt.ts';
import { staffModel } from '@counter-hub/hub-server/features/people/Staff.model.ts';
import { CALENDAR_SUBJECT } from '@counter-hub/hub-server/features/calendar/calendarProjection.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { seededCounterId, seededWindowId } from '@counter-hub/hub-server/seed/counters.ts';
import { serve } from '../links/newOpenHub.ts';
import { newHub, type TestHub } from '../platform/newHub.ts';
import { HANGZHOU, next, openPage, SONGJIANG } from '../sessions/newCounters.ts';
import { COUNTER, dutyOn, MONDAY, newPublished, newRota, Planner, TUESDAY, WINDOW } from './newRota.ts';
import { pairIn, slotOf } from './weeks.ts';

const mondayA = slotOf(WINDOW, 1, 'am', 'a');
const mondayB = slotOf(WINDOW, 1, 'am', 'b');
const eventsOf = async (hub: TestHub, monday = MONDAY) =>
	(await timeline(hub.context).page(`rota:${COUNTER}~${monday}`, { limit: 200 })).events;
const disable = (hub: TestHub, id: string) =>
	staffModel(hub.context.connection).updateOne({ _id: id }, { disabled: true });

test('S4.2 a week is planned, refused with each slot that has nobody, and published once it is complete', async () => {
	const { hub, planner, chen, gu } = await newRota();
	expect(await planner.read()).toMatchObject({
		version: 0,
		state: 'none',
		readOnly: false,
		servedDays: [1, 2, 3, 4, 5],
		servedWindows: [1, 2, 3].map((n) => seededWindowId(SONGJIANG, n)),
	});
	const all = pairIn(WINDOW, chen, gu);
	await planner.plan({ servedWindows: [WINDOW], slots: all.filter(({ day }) => day !== 2) });
	await planner.assign({ ...slotOf(WINDOW, 2, 'am', 'a'), staffId: chen });
	const refused = await planner.refused('publication');
	expect(refused).toMatchObject({
		status: 409,
		code: 'ROTA-3108',
		params: { count: 3 },
		detail:
			'window 1, Tuesday morning, post B; window 1, Tuesday afternoon, post A; window 1, Tuesday afternoon, post B',
	});
	expect(refused.fields?.map(({ params }) => params)).toEqual([
		{ ...slotOf(WINDOW, 2, 'am', 'b'), window: 1 },
		{ ...slotOf(WINDOW, 2, 'pm', 'a'), window: 1 },
		{ ...slotOf(WINDOW, 2, 'pm', 'b'), window: 1 },
	]);
	await planner.assign(...all.filter(({ day }) => day === 2));
	expect(await planner.command('publication')).toMatchObject({ state: 'published', changes: [] });
	expect((await eventsOf(hub)).map(({ type }) => type)).toEqual([
		'rota.planned',
		'rota.planned',
		'rota.planned',
		'rota.published',
	]);
	// Nobody's name is in an event.
	expect(JSON.stringify(await eventsOf(hub))).not.toMatch(/陈静|顾彤/);
});

test('S4.2 D-7 a new week is planned for the days that the counter serves; where the calendar ends it says so', async () => {
	const { hub, planner, chen, gu } = await newRota();
	// From Tuesday to Thursday is a holiday, for which Saturday is worked; and the counter is closed on Friday.
	await timeline(hub.context).append({
		subject: CALENDAR_SUBJECT,
		commandId: randomUUID(),
		decide: () => [
			{
				type: 'calendar.yearSet',
				data: {
					year: 2093,
					daysOff: ['2093-11-24', '2093-11-25', '2093-11-26'],
					workedWeekends: ['2093-11-28'],
					source: '虚构的 2093 年通知',
				},
				actor: { kind: 'system', by: 'hub' },
			},
		],
	});
	await serve(hub, SONGJIANG, '2093-11-27', false);
	expect(await planner.read()).toMatchObject({ state: 'none', servedDays: [1, 6], unknownDays: [] });
	const weeks = z.object({ weeks: z.array(rotaWeek) });
	const list = async () =>
		weeks
			.parse(await planner.client.get(`/counters/${COUNTER}/rotas?from=${MONDAY}&weeks=2`))
			.weeks.map(({ uncovered }) => uncovered);
	// Three windows with four posts a day: two days, and the five of the week after.
	expect(await list()).toEqual([24, 60]);
	await planner.plan({ servedWindows: [WINDOW], slots: pairIn(WINDOW, chen, gu, [1, 6]) });
	expect(await planner.command('publication')).toMatchObject({ state: 'published', servedDays: [1, 6] });
	const onHoliday = { ...slotOf(WINDOW, 2, 'am', 'a'), staffId: chen };
	expect(await planner.refused('plan', { slots: [onHoliday] })).toMatchObject({ code: 'ROTA-3105' });

	const newYear = new Planner(planner.client, '2093-12-28');
	expect(await newYear.read()).toMatchObject({ servedDays: [1, 2, 3, 4, 5], unknownDays: [5, 6, 7] });
	expect(await newYear.plan({ servedDays: [1, 2, 3, 4] })).toMatchObject({
		servedDays: [1, 2, 3, 4],
		unknownDays: [],
	});
});

test('S4.2 publishing twice, and a step that changes nothing, leave no event', async () => {
	const { hub, planner, chen } = await newPublished();
	const before = await eventsOf(hub);
	expect(await planner.command('publication')).toMatchObject({ state: 'published', version: before.length });
	await planner.assign({ ...mondayA, staffId: chen });
	expect(await eventsOf(hub)).toHaveLength(before.length);
});

test('S4.2 of two planners at once the later is told so, and nothing is overwritten', async () => {
	const { hub, planner, chen, gu, shen } = await newRota();
	const other = new Planner(await hub.signIn('administrator', SONGJIANG));
	await Promise.all([planner.read(), other.read()]);
	const steps = [
		{ who: planner, slots: [{ ...mondayA, staffId: chen }] },
		{ who: other, slots: [{ ...mondayA, staffId: shen }] },
	];
	const answers = await Promise.all(
		steps.map(({ who, slots }) => who.client.send('POST', `${who.path}/plan`, who.bodyOf({ slots }))),
	);
	const statuses = answers.map(({ status }) => status);
	expect(statuses.toSorted()).toEqual([200, 409]);
	const late = statuses[0] === 409 ? planner : other;
	expect(answers[statuses.indexOf(409)]?.body).toMatchObject({ code: 'ORG-3004' });
	const winner = statuses[0] === 200 ? chen : shen;
	expect((await late.read()).assigned).toEqual([{ ...mondayA, staffId: winner }]);
	// Whoever has seen it may go on.
	expect((await late.assign({ ...mondayB, staffId: gu })).assigned).toHaveLength(2);
});

test('S4.2 refused: others of the counter only, one person twice, A = B, days that are not served, weeks that are none', async () => {
	const { hub, planner, chen, gu } = await newRota();
	await planner.plan({ slots: [{ ...mondayA, staffId: chen }] });
	const [disabled, foreign] = await Promise.all([
		hub.addStaff({ role: 'clerk', city: SONGJIANG }),
		hub.addStaff({ role: 'clerk', city: HANGZHOU }),
	]);
	await disable(hub, disabled.id);
	const supervisorId = (await planner.client.me()).staff.id;
	const second = seededWindowId(SONGJIANG, 2);
	for (const [slot, code] of [
		[{ ...mondayB, staffId: foreign.id }, 'ROTA-3104'],
		[{ ...mondayB, staffId: disabled.id }, 'ROTA-3104'],
		[{ ...mondayB, staffId: supervisorId }, 'ROTA-3104'],
		[{ ...mondayB, staffId: randomUUID() }, 'ROTA-3104'],
		[{ ...mondayB, staffId: chen }, 'ROTA-3106'],
		[{ ...mondayB, windowId: second, staffId: chen }, 'ROTA-3107'],
		[{ ...mondayB, day: 6, staffId: gu }, 'ROTA-3105'],
		[{ ...mondayB, windowId: seededWindowId(HANGZHOU, 1), staffId: gu }, 'ORG-3003'],
		[{ ...mondayB, day: 8, staffId: gu }, 'REQ-1001'],
		[{ ...mondayB, half: 'night', staffId: gu }, 'REQ-1001'],
		[{ ...mondayB, staffId: gu, name: '顾彤' }, 'REQ-1001'],
	] as const)
		expect(await planner.refused('plan', { slots: [slot] }), code).toMatchObject({ code });
	const twice = {
		slots: [
			{ ...mondayB, staffId: gu },
			{ ...mondayB, staffId: null },
		],
	};
	expect(await planner.refused('plan', twice)).toMatchObject({ code: 'REQ-1001' });
	for (const [monday, code] of [
		['2093-11-24', 'ROTA-3101'],
		['2093-11-16', 'ROTA-3102'],
		['2094-05-31', 'ROTA-3103'],
		['2093-02-30', 'REQ-1001'],
		['monday', 'REQ-1001'],
	] as const) {
		const wrong = new Planner(planner.client, monday);
		expect(await wrong.refused('plan', { slots: [] }), monday).toMatchObject({ code });
	}
	expect(await planner.client.refused('GET', `/counters/${COUNTER}/rotas/2093-11-24`)).toMatchObject({
		code: 'ROTA-3101',
	});
	expect(await planner.client.refused('GET', `/counters/${randomUUID()}/rotas/${MONDAY}`)).toMatchObject({
		code: 'REQ-1004',
	});
	expect((await planner.read()).assigned).toEqual([{ ...mondayA, staffId: chen }]);
	expect(await eventsOf(hub)).toHaveLength(1);
});

test('S4.2 a published week stays complete with each change, and each change is seen as one', async () => {
	const { planner, chen, gu, shen } = await newPublished();
	for (const change of [
		{ slots: [{ ...mondayA, staffId: null }] },
		{ servedDays: [1, 2, 3, 4, 5, 6] },
		{ servedWindows: [WINDOW, seededWindowId(SONGJIANG, 2)] },
	])
		expect(await planner.refused('plan', change)).toMatchObject({ code: 'ROTA-3108' });
	const changed = await planner.plan({
		servedDays: [1, 2, 3, 4, 5, 6],
		slots: [{ ...mondayA, staffId: shen }, ...pairIn(WINDOW, chen, gu, [6])],
	});
	expect(changed.changes).toMatchObject([
		{ kind: 'planned', servedDays: [1, 2, 3, 4, 5, 6], servedWindows: null },
	]);
	expect(changed.changes[0]?.slots).toContainEqual({ ...mondayA, from: chen, to: shen });
	expect(changed.published?.assigned).toContainEqual({ ...mondayA, staffId: chen });
	const supervisorId = (await planner.client.me()).staff.id;
	expect(changed.last?.by).toBe(supervisorId);
	expect(changed.people.find(({ staffId }) => staffId === supervisorId)?.role).toBeNull();
});

test('S4.2 T-2 each command again changes nothing, even where it would be refused by now', async () => {
	const { hub, planner, chen, gu, shen } = await newRota();
	const again = async (what: string, body: object) => {
		const sent = planner.bodyOf(body);
		await planner.client.post(`${planner.path}/${what}`, sent);
		const events = await eventsOf(hub);
		await planner.client.post(`${planner.path}/${what}`, sent);
		expect(await eventsOf(hub), what).toEqual(events);
		await planner.read();
		return sent;
	};
	const planned = await again('plan', { servedWindows: [WINDOW], slots: pairIn(WINDOW, chen, gu) });
	await again('publication', {});
	await again('leaves', { staffId: chen, reason: '公出', slots: [{ ...mondayA, substituteId: null }] });
	await again('substitutions', { slot: mondayA, substituteId: shen });
	await again('leave-ends', { slots: [mondayA] });
	await disable(hub, gu);
	const { length } = await eventsOf(hub);
	await planner.client.post(`${planner.path}/plan`, planned);
	expect(await eventsOf(hub)).toHaveLength(length);
	expect(
		await planner.client.refused('POST', `${planner.path}/plan`, { ...planned, slots: [] }),
	).toMatchObject({
		code: 'REQ-1009',
	});
});

test('X2 S4.2 who may: the city plans and reads, drafts and reasons are for planners, duty is for everybody', async () => {
	const { hub, planner, chen, gu } = await newRota();
	await planner.plan({ servedWindows: [WINDOW], slots: pairIn(WINDOW, chen, gu) });
	const clerk = new Planner(await hub.signIn('clerk', SONGJIANG));
	expect(await clerk.read()).toMatchObject({ state: 'draft', assigned: [], last: null });
	for (const what of ['plan', 'publication'])
		expect(await clerk.refused(what), what).toMatchObject({ status: 403, code: 'AUTH-2008' });
	for (const role of ['supervisor', 'administrator'] as const) {
		const foreign = new Planner(await hub.signIn(role, HANGZHOU));
		expect(await foreign.client.refused('GET', foreign.path)).toMatchObject({ code: 'AUTH-2008' });
		expect(await foreign.refused('plan', { slots: [] })).toMatchObject({ code: 'AUTH-2008' });
	}
	await planner.command('publication');
	await planner.command('leaves', {
		staffId: chen,
		reason: '病假',
		slots: [{ ...mondayA, substituteId: null }],
	});
	expect((await clerk.read()).leaves).toMatchObject([{ staffId: chen, reason: null }]);
	expect((await planner.read()).leaves).toMatchObject([{ staffId: chen, reason: '病假' }]);
	const far = await hub.signIn('administrator', HANGZHOU);
	expect(JSON.stringify(await dutyOn(far, MONDAY))).not.toContain('病假');
	expect((await dutyOn(far, MONDAY)).counters).toHaveLength(9);
	expect((await hub.client().send('GET', '/duty')).status).toBe(401);
});

test('S4.2 who is on duty: of the day, the present half-day told, nobody where nothing is published or served', async () => {
	const { hub, planner, chen } = await newPublished();
	const own = async (date?: string) => {
		const duty = await dutyOn(planner.client, date);
		const found = duty.counters.find(({ counterId }) => counterId === COUNTER);
		return { date: duty.date, half: duty.half, published: found?.published, windows: found?.windows.length };
	};
	expect(await own()).toEqual({ date: '2093-11-24', half: 'am', published: true, windows: 1 });
	expect(await own('2093-11-28')).toEqual({ date: '2093-11-28', half: null, published: true, windows: 0 });
	expect(await own('2093-12-01')).toEqual({ date: '2093-12-01', half: null, published: false, windows: 0 });
	expect((await dutyAt(hub.context, COUNTER, TUESDAY)).a).toEqual([chen]);
	expect(await dutyAt(hub.context, COUNTER, Date.parse('2093-11-28T10:00:00+08:00'))).toEqual({
		a: [],
		b: [],
		windows: [],
	});
	expect(await dutyAt(hub.context, seededCounterId(HANGZHOU), TUESDAY)).toEqual({
		a: [],
		b: [],
		windows: [],
	});
	for (const date of ['2093-13-01', '1999-01-01', 'today'])
		expect(await planner.client.refused('GET', `/duty?date=${date}`)).toMatchObject({ code: 'REQ-1001' });
});

test('S4.2 weeks are listed in short, a bounded number of them; a week that is over is read and no more', async () => {
	const clock = { now: TUESDAY };
	const { hub, planner, chen } = await newPublished({ now: () => clock.now });
	await planner.command('leaves', {
		staffId: chen,
		reason: '公出',
		slots: [{ ...mondayA, substituteId: null }],
	});
	const list = async (query: string) =>
		z
			.object({ weeks: z.array(rotaWeek) })
			.parse(await planner.client.get(`/counters/${COUNTER}/rotas?${query}`)).weeks;
	expect(await list(`from=${MONDAY}&weeks=2`)).toEqual([
		{ monday: MONDAY, state: 'published', uncovered: 0, vacant: 1 },
		{ monday: '2093-11-30', state: 'none', uncovered: 60, vacant: 0 },
	]);
	for (const [query, code] of [
		[`from=${MONDAY}&weeks=9`, 'REQ-1001'],
		[`from=${MONDAY}&weeks=0`, 'REQ-1001'],
		['from=2093-11-25', 'ROTA-3101'],
		['weeks=2', 'REQ-1001'],
	])
		expect(await planner.client.refused('GET', `/counters/${COUNTER}/rotas?${query}`)).toMatchObject({
			code,
		});
	clock.now = Date.parse('2093-11-29T23:59:00+08:00');
	const later = new Planner(await hub.signIn('supervisor', SONGJIANG));
	expect(await later.read()).toMatchObject({ readOnly: false });
	clock.now = Date.parse('2093-11-30T00:01:00+08:00');
	expect(await later.read()).toMatchObject({ state: 'published', readOnly: true });
	for (const [what, body] of [
		['plan', { slots: [] }],
		['publication', {}],
		['leave-ends', { slots: [mondayA] }],
	] as const)
		expect(await later.refused(what, body), what).toMatchObject({ code: 'ROTA-3102' });
});

test('S4.2 X-1 a change is told at once to pages at another hub, which reads what this one wrote', async () => {
	const { hub, planner, chen, gu, shen } = await newPublished();
	const other = await newHub({ sharing: hub, now: () => TUESDAY });
	const clerk = await hub.signIn('clerk', HANGZHOU);
	const page = await openPage(clerk);
	const far = await clerk.socket({ url: other.url, pageId: randomUUID() });
	const told = next(far, 'rota:changed');
	const here = next(page.socket, 'rota:changed');
	const { version } = await planner.assign({ ...slotOf(WINDOW, 2, 'am', 'a'), staffId: shen });
	const notice = { counterId: COUNTER, monday: MONDAY, version, published: true };
	expect([await told, await here]).toEqual([notice, notice]);
	far.close();
	expect(await dutyAt(other.context, COUNTER, TUESDAY)).toMatchObject({ a: [shen], b: [gu] });
	expect(chen).not.toBe(shen);
});
