import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { dutyAt } from '@counter-hub/hub-server/features/rota/dutyAt.ts';
import { staffModel } from '@counter-hub/hub-server/features/people/Staff.model.ts';
import type { TestHub } from '../platform/newHub.ts';
import { HANGZHOU } from '../sessions/newCounters.ts';
import { COUNTER, dutyOn, newPublished, newRota, TUESDAY, WINDOW } from './newRota.ts';
import { pairIn, slotOf } from './weeks.ts';

const mondayA = slotOf(WINDOW, 1, 'am', 'a');
const disable = (hub: TestHub, id: string) =>
	staffModel(hub.context.connection).updateOne({ _id: id }, { disabled: true });

test('S4.2 leave and substitution leave the assignment as it is; who is on duty is whoever stands in', async () => {
	const { hub, planner, chen, gu, shen } = await newPublished();
	const tuesdayA = slotOf(WINDOW, 2, 'am', 'a');
	const leave = (more: object) => ({
		staffId: chen,
		reason: '年休假',
		slots: [{ ...tuesdayA, substituteId: null }],
		...more,
	});
	for (const [body, code] of [
		[leave({ slots: [{ ...slotOf(WINDOW, 2, 'am', 'b'), substituteId: null }] }), 'ROTA-3110'],
		[leave({ slots: [{ ...slotOf(WINDOW, 7, 'am', 'a'), substituteId: null }] }), 'ROTA-3110'],
		[leave({ staffId: shen }), 'ROTA-3110'],
		[leave({ slots: [{ ...tuesdayA, substituteId: gu }] }), 'ROTA-3107'],
		[leave({ slots: [{ ...tuesdayA, substituteId: chen }] }), 'ROTA-3107'],
		[leave({ slots: [{ ...tuesdayA, substituteId: randomUUID() }] }), 'ROTA-3104'],
		[leave({ reason: '身份证 310117190001010012 补办' }), 'FORM-1105'],
		[leave({ reason: '' }), 'REQ-1001'],
		[leave({ slots: [] }), 'REQ-1001'],
	] as const)
		expect(await planner.refused('leaves', body), code).toMatchObject({ code });
	expect(await planner.refused('leave-ends', { slots: [tuesdayA] })).toMatchObject({ code: 'ROTA-3112' });
	expect(await planner.refused('substitutions', { slot: tuesdayA, substituteId: shen })).toMatchObject({
		code: 'ROTA-3112',
	});

	const vacant = await planner.command('leaves', leave({}));
	expect(vacant.assigned).toContainEqual({ ...tuesdayA, staffId: chen });
	expect(await dutyAt(hub.context, COUNTER, TUESDAY)).toEqual({
		a: [],
		b: [gu],
		windows: [{ windowId: WINDOW, a: null, b: gu }],
	});
	expect(await planner.refused('leaves', leave({}))).toMatchObject({ code: 'ROTA-3111' });
	expect(await planner.refused('plan', { slots: [{ ...tuesdayA, staffId: shen }] })).toMatchObject({
		code: 'ROTA-3111',
	});

	const stoodIn = await planner.command('substitutions', { slot: tuesdayA, substituteId: shen });
	expect(stoodIn.leaves).toEqual([{ ...tuesdayA, staffId: chen, reason: '年休假', substituteId: shen }]);
	expect(stoodIn.changes.map(({ kind, slots }) => [kind, slots[0]?.from, slots[0]?.to])).toEqual([
		['leave', chen, null],
		['substituted', null, shen],
	]);
	expect((await dutyAt(hub.context, COUNTER, TUESDAY)).a).toEqual([shen]);
	const approver = await hub.signIn('approver', HANGZHOU);
	const seen = (await dutyOn(approver)).counters.find(({ counterId }) => counterId === COUNTER);
	expect(seen?.windows[0]?.places[0]).toMatchObject({
		half: 'am',
		post: 'a',
		person: { staffId: shen, displayName: '沈悦' },
		absent: { staffId: chen, displayName: '陈静' },
	});

	expect((await planner.command('leave-ends', { slots: [tuesdayA] })).leaves).toEqual([]);
	expect((await dutyAt(hub.context, COUNTER, TUESDAY)).a).toEqual([chen]);
});

test('S4.2 leave is given from a published week alone', async () => {
	const { planner, chen } = await newRota();
	await planner.assign({ ...mondayA, staffId: chen });
	const leave = { staffId: chen, reason: '公出', slots: [{ ...mondayA, substituteId: null }] };
	expect(await planner.refused('leaves', leave)).toMatchObject({ code: 'ROTA-3109' });
});

test('S4.2 whoever has left is no cover: publishing names the slots, duty says who is missed', async () => {
	const { hub, planner, chen, gu } = await newRota();
	await planner.plan({ servedWindows: [WINDOW], slots: pairIn(WINDOW, chen, gu) });
	await disable(hub, gu);
	const refused = await planner.refused('publication');
	expect(refused).toMatchObject({ code: 'ROTA-3104', params: { count: 10 } });
	expect((await planner.read()).people.find(({ staffId }) => staffId === gu)).toMatchObject({
		displayName: '顾彤',
		active: false,
	});
	await staffModel(hub.context.connection).updateOne({ _id: gu }, { disabled: false });
	await planner.command('publication');
	await disable(hub, gu);
	expect(await dutyAt(hub.context, COUNTER, TUESDAY)).toMatchObject({ a: [chen], b: [] });
	const duty = (await dutyOn(planner.client)).counters.find(({ counterId }) => counterId === COUNTER);
	expect(duty?.windows[0]?.places[1]).toMatchObject({ person: null, absent: { staffId: gu } });
});
