import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { attendanceList, type AttendanceRow } from '@counter-hub/shared/shifts/attendance.ts';
import { halfAt } from '@counter-hub/shared/rota/week.ts';
import { newHub } from '../platform/newHub.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { HANGZHOU, SONGJIANG } from '../sessions/newCounters.ts';
import { serve } from '../links/newOpenHub.ts';
import { OnDuty, publishWeek } from './newShifts.ts';

const TODAY = shanghaiDate(Date.now());
const read = async (client: TestClient, query = `from=${TODAY}&to=${TODAY}`): Promise<AttendanceRow[]> =>
	attendanceList.parse(await client.get(`/attendance?${query}`)).rows;

test('S7.1a attendance from rota, hours and shifts: late and absent are shown, and a word to it changes nothing', async () => {
	const hub = await newHub();
	await serve(hub, SONGJIANG, TODAY);
	const chen = new OnDuty(await hub.signIn('clerk', SONGJIANG, { onShift: true, displayName: '陈静' }));
	const shiftId = (await chen.own()).shift?.id;
	const chenId = (await chen.client.me()).staff.id;
	const { id: guId } = await hub.addStaff({ role: 'clerk', city: SONGJIANG, displayName: '顾彤' });
	await publishWeek(hub, SONGJIANG, { a: chenId, b: guId });
	const supervisor = await hub.signIn('supervisor', SONGJIANG, { displayName: '黄海波' });

	const rows = await read(supervisor);
	expect(rows.map(({ displayName, halves }) => [displayName, halves.length])).toEqual([
		['陈静', 2],
		['顾彤', 2],
	]);
	const [first] = rows;
	expect(first?.shifts.map(({ id }) => id)).toEqual([shiftId]);
	// The counter serves from midnight on: whoever opens now is late by all that has passed of a half, or was absent in it.
	const states = rows.map(({ halves }) => halves.map(({ state }) => state));
	const [here, other] = halfAt(Date.now()) === 'am' ? [0, 1] : [1, 0];
	expect(states[0]?.[here]).toBe((first?.halves[here]?.lateMinutes ?? 0) > 0 ? 'late' : 'present');
	expect(states[0]?.[other]).toBe(other === 0 ? 'absent' : 'ahead');
	expect(states[1]?.[here]).toBe('missing');
	expect(states[1]?.[other]).toBe(other === 0 ? 'absent' : 'ahead');
	const lateBefore = first?.halves.map(({ lateMinutes }) => lateMinutes);

	const said = { commandId: randomUUID(), staffId: chenId, date: TODAY, text: '上午参加全市培训，已报备' };
	await chen.client.post('/attendance/explanations', said);
	await chen.client.post('/attendance/explanations', said);
	const [after] = await read(supervisor);
	expect(after?.explanations.map(({ by, text }) => [by, text])).toEqual([['陈静', said.text]]);
	expect(after?.halves.map(({ lateMinutes }, i) => lateMinutes >= (lateBefore?.[i] ?? 0))).toEqual([
		true,
		true,
	]);
	await supervisor.post('/attendance/explanations', { ...said, commandId: randomUUID(), text: '情况属实' });
	expect((await read(supervisor))[0]?.explanations.map(({ by }) => by)).toEqual(['陈静', '黄海波']);
});

test('S7.1a everybody reads the own attendance; that of others whoever answers for their city', async () => {
	const hub = await newHub();
	const chen = new OnDuty(await hub.signIn('clerk', SONGJIANG, { onShift: true, displayName: '陈静' }));
	const gu = new OnDuty(await hub.signIn('clerk', SONGJIANG, { onShift: true, displayName: '顾彤' }));
	const names = async (client: TestClient) => (await read(client)).map(({ displayName }) => displayName);
	expect(await names(chen.client)).toEqual(['陈静']);
	expect(await names(gu.client)).toEqual(['顾彤']);
	expect((await names(await hub.signIn('administrator', SONGJIANG))).sort()).toEqual(['陈静', '顾彤'].sort());
	expect(await names(await hub.signIn('supervisor', HANGZHOU))).toEqual([]);
	const said = {
		commandId: randomUUID(),
		staffId: (await gu.client.me()).staff.id,
		date: TODAY,
		text: '不属实',
	};
	for (const other of [chen.client, await hub.signIn('supervisor', HANGZHOU)])
		expect((await other.refused('POST', '/attendance/explanations', said)).status).toBe(403);
	for (const query of [
		'from=2026-01-01&to=2026-03-01',
		`from=${TODAY}&to=2020-01-01`,
		'from=x&to=y',
		'from=2026-01-01',
	])
		expect((await chen.client.refused('GET', `/attendance?${query}`)).status).toBe(422);
});

test('S7.1a nobody is missed by a rota that is only a draft', async () => {
	const hub = await newHub();
	await serve(hub, SONGJIANG, TODAY);
	const { id: a } = await hub.addStaff({ role: 'clerk', city: SONGJIANG });
	const { id: b } = await hub.addStaff({ role: 'clerk', city: SONGJIANG });
	await publishWeek(hub, SONGJIANG, { a, b, published: false });
	expect(await read(await hub.signIn('supervisor', SONGJIANG))).toEqual([]);
});
