import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { shiftModel } from '@counter-hub/hub-server/features/shifts/shiftProjections.ts';
import { counterService } from '@counter-hub/shared/shifts/shifts.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { checkedWindow } from '../checks/checkedWindow.ts';
import { serve } from '../links/newOpenHub.ts';
import { eventually } from '../platform/eventually.ts';
import { newHub, TEST_PASSWORD } from '../platform/newHub.ts';
import {
	answer,
	codeOf,
	firstRing,
	HANGZHOU,
	newCounters,
	next,
	openCase,
	openPage,
	request,
	SONGJIANG,
} from '../sessions/newCounters.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { OnDuty, OTHER_WINDOW, publishWeek, REASON, WINDOW } from './newShifts.ts';

test('L6 a shift opens on a passed check; without one only by naming the reason, which stands with what was wrong', async () => {
	const hub = await newHub();
	const chen = new OnDuty(await hub.signIn('clerk', SONGJIANG, { onShift: true }));
	// Whoever comes with an open shift closes it first.
	await chen.own();
	await chen.step('close', { unhanded: null });
	const bare = { commandId: randomUUID(), windowId: WINDOW, reason: null };
	expect((await chen.client.refused('POST', '/shifts', bare)).code).toBe('SHIFT-5706');
	const spoken = await chen.open();
	expect(spoken.shift).toMatchObject({ state: 'open', reason: REASON, check: { checked: false } });
	await chen.step('close', { unhanded: null });

	await checkedWindow(chen.client);
	const before = await chen.own(WINDOW);
	expect(before.check).toEqual({ checked: true, faults: [], lines: [] });
	// A reason that is not needed is not kept.
	expect((await chen.open('习惯性填写')).shift).toMatchObject({ reason: null, check: { checked: true } });
	await chen.step('close', { unhanded: null });
	const broken = { item: 'printer', works: false };
	await chen.client.post('/checks/items', { commandId: randomUUID(), windowId: WINDOW, found: broken });
	expect((await chen.client.refused('POST', '/shifts', { ...bare, commandId: randomUUID() })).code).toBe(
		'SHIFT-5706',
	);
	expect((await chen.open('打印机待修')).shift).toMatchObject({
		reason: '打印机待修',
		check: { checked: true, faults: ['printer'] },
	});
});

test('S4.3 without what is asked for no shift is opened, and no call is answered without a shift', async () => {
	const { hub, clerk } = await newCounters();
	const unfit = await hub.signIn('approver', HANGZHOU);
	const windowId = (await unfit.me()).counter?.windows[0]?.id;
	const asked = { commandId: randomUUID(), windowId, reason: REASON };
	expect((await unfit.refused('POST', '/shifts', asked)).code).toBe('SHIFT-5705');
	const page = await openPage(unfit);
	const { session } = await request(clerk, await openCase(clerk.client));
	expect(await codeOf(answer(page, session.id))).toBe('SHIFT-5703');
	expect(page.rings).toEqual([]);
});

test('S7.1a one shift a person: two windows, two pages and two hubs at one instant open one', async () => {
	const hub = await newHub();
	const other = await newHub({ sharing: hub });
	const chen = new OnDuty(await hub.signIn('clerk', SONGJIANG, { onShift: true }));
	await chen.own();
	await chen.step('close', { unhanded: null });
	const { name } = (await chen.client.me()).staff;
	const elsewhere = other.client();
	await elsewhere.signIn(name, TEST_PASSWORD);
	const open = (client: typeof elsewhere, windowId: string) =>
		client.send('POST', '/shifts', { commandId: randomUUID(), windowId, reason: REASON });
	const answers = await Promise.all([
		open(chen.client, WINDOW),
		open(elsewhere, OTHER_WINDOW),
		open(elsewhere, WINDOW),
		open(chen.client, OTHER_WINDOW),
	]);
	expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
	const { id: staffId } = (await chen.client.me()).staff;
	const shifts = await shiftModel(hub.context.connection).find({ staffId, closedAt: null }).lean();
	expect(shifts).toHaveLength(1);
	// At a window of another counter there is nothing to open.
	const foreign = {
		commandId: randomUUID(),
		windowId: (await (await hub.signIn('clerk', HANGZHOU)).me()).counter?.windows[0]?.id,
		reason: REASON,
	};
	expect((await chen.client.refused('POST', '/shifts', foreign)).code).toBe('ORG-3003');
	// The same command again is the same shift.
	const sent = { commandId: shifts[0]?._id, windowId: shifts[0]?.windowId, reason: REASON };
	const again = await chen.client.post('/shifts', sent);
	expect(again).toMatchObject({ shift: { id: shifts[0]?._id } });
});

test('S4.2 V1 only an open shift is rung: not one that is paused or closed, and again when it goes on', async () => {
	const { hub, clerk, approver } = await newCounters();
	const duty = new OnDuty(approver.client);
	await duty.own();
	const paused = await duty.step('pause', { reason: 'meal', note: null });
	expect(paused.shift).toMatchObject({ state: 'paused', pauses: [{ reason: 'meal', to: null }] });
	expect(await duty.refused('pause', { reason: 'meal', note: null })).toBe('SHIFT-5704');
	const { session } = await request(clerk, await openCase(clerk.client));
	// Whoever is on shift is rung, and he is not.
	const colleague = await openPage(await hub.signIn('approver', HANGZHOU, { onShift: true }));
	expect((await firstRing(colleague)).session.id).toBe(session.id);
	expect(approver.rings).toEqual([]);
	expect(await codeOf(answer(approver, session.id))).toBe('SHIFT-5703');
	await duty.step('resume');
	expect((await firstRing(approver)).session.id).toBe(session.id);
	await answer(approver, session.id);
	// In mid-call nobody closes.
	expect(await duty.refused('close', { unhanded: '下班' })).toBe('SHIFT-5707');
});

test('S4.2 post A is rung first; B when A does not answer, and at once when nobody of A is free', async () => {
	const { hub, clerk, approver } = await newCounters({ config: { ringSeconds: 12 } });
	const backup = await openPage(await hub.signIn('approver', HANGZHOU, { onShift: true }));
	await publishWeek(hub, HANGZHOU, { a: approver.staffId, b: backup.staffId });
	const caseId = await openCase(clerk.client);
	const { session } = await request(clerk, caseId);
	const first = await firstRing(approver);
	expect(backup.rings).toEqual([]);
	// A third of the ringing later.
	expect((await firstRing(backup)).session.id).toBe(first.session.id);
	await answer(approver, session.id);

	// A is in a call now: B is rung for the next one without a pause.
	const second = await openCase(clerk.client);
	const other = await openPage(await hub.signIn('clerk', SONGJIANG, { onShift: true }));
	const called = await request(other, second);
	await eventually(() => {
		expect(backup.rings.map((ring) => ring.session.id)).toContain(called.session.id);
	});
	expect(approver.rings.map((ring) => ring.session.id)).not.toContain(called.session.id);
});

test('S6.1 who serves a counter, when it opens, and who is free elsewhere', async () => {
	const { hub, clerk, approver } = await newCounters();
	const today = shanghaiDate(Date.now());
	await serve(hub, HANGZHOU, today, false);
	const read = async () =>
		counterService.parse(await clerk.client.get(`/counters/${seededCounterId(HANGZHOU)}/service`));
	const closed = await read();
	expect(closed).toMatchObject({ open: false, people: [{ staffId: approver.staffId, state: 'free' }] });
	expect(Date.parse(closed.opensAt ?? '')).toBeGreaterThan(Date.now());
	expect(closed.elsewhere.map(({ cityCode }) => cityCode)).toEqual([SONGJIANG]);
	const duty = new OnDuty(approver.client);
	await duty.own();
	await duty.step('pause', { reason: 'other', note: '设备维护' });
	expect((await read()).people).toMatchObject([{ state: 'paused' }]);
	await serve(hub, HANGZHOU, today, true);
	expect(await read()).toMatchObject({ open: true, opensAt: null });
	expect((await clerk.client.refused('GET', `/counters/${randomUUID()}/service`)).code).toBe('ORG-3002');
});

test('S7.1a X-1 a shift is told to pages of the counter at every hub', async () => {
	const hub = await newHub();
	const other = await newHub({ sharing: hub });
	const colleague = await hub.signIn('clerk', SONGJIANG);
	const far = await colleague.socket({ url: other.url, pageId: randomUUID() });
	const told = next(far, 'shift:changed');
	const chen = await hub.signIn('clerk', SONGJIANG, { onShift: true });
	expect(await told).toEqual({ staffId: (await chen.me()).staff.id, counterId: seededCounterId(SONGJIANG) });
	far.close();
});
