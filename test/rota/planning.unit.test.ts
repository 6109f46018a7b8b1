import { describe, expect, test } from 'vitest';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { assertLeave, assertSubstitute, withLeave } from '@counter-hub/shared/rota/leaves.ts';
import type { PlanChange } from '@counter-hub/shared/rota/bodies.ts';
import { copyWeek } from '@counter-hub/shared/rota/copyWeek.ts';
import { dutyOf } from '@counter-hub/shared/rota/duty.ts';
import { changePlan, movesBetween, uncoveredSlots } from '@counter-hub/shared/rota/planning.ts';
import type { Plan } from '@counter-hub/shared/rota/rota.ts';
import { slotKey } from '@counter-hub/shared/rota/slots.ts';
import { completePlan, pairIn, slotOf } from './weeks.ts';

const [one, two] = ['window-1', 'window-2'];
const complete = completePlan(one, 'chen', 'gu');
const EMPTY: Plan = { servedDays: [1, 2, 3, 4, 5], servedWindows: [one], assigned: [], leaves: [] };
const mondayA = slotOf(one, 1, 'am', 'a');
const mondayB = slotOf(one, 1, 'am', 'b');

/** Key and slots of a refusal. */
function refusal(run: () => unknown): [string, string[]] {
	try {
		run();
	} catch (error) {
		if (error instanceof AppError) return [error.key, (error.fields ?? []).map(({ path }) => path)];
		throw error;
	}
	return ['allowed', []];
}

describe('S4.2 what a plan lacks', () => {
	test('each served slot without anybody, and no other', () => {
		expect(uncoveredSlots(EMPTY)).toHaveLength(5 * 2 * 2);
		expect(uncoveredSlots(complete)).toEqual([]);
		expect(uncoveredSlots({ ...complete, servedDays: [] })).toEqual([]);
		expect(uncoveredSlots(changePlan(complete, { slots: [{ ...mondayB, staffId: null }] }))).toEqual([
			mondayB,
		]);
		expect(uncoveredSlots({ ...complete, servedDays: [1, 2, 3, 4, 5, 6] }).map(({ day }) => day)).toEqual([
			6, 6, 6, 6,
		]);
	});

	test('somebody on leave is missed as a person, not as an assignment', () => {
		const away = withLeave(complete, {
			staffId: 'chen',
			reason: '年休假',
			slots: [{ ...mondayA, substituteId: null }],
		});
		expect(uncoveredSlots(away)).toEqual([]);
		expect(away.assigned).toBe(complete.assigned);
	});
});

describe('S4.2 a step of planning', () => {
	test('posts A and B of a window are two people', () => {
		expect(refusal(() => changePlan(complete, { slots: [{ ...mondayB, staffId: 'chen' }] }))).toEqual([
			'sameBothPosts',
			[slotKey(mondayB), slotKey(mondayA)],
		]);
	});

	test('a person is in one slot at a time, and may change places with another', () => {
		const both = { ...complete, servedWindows: [one, two] };
		const elsewhere = { ...slotOf(two, 1, 'am', 'a'), staffId: 'chen' };
		expect(refusal(() => changePlan(both, { slots: [elsewhere] }))[0]).toBe('busyElsewhere');
		expect(refusal(() => changePlan(both, { slots: [{ ...elsewhere, half: 'pm', day: 6 }] }))[0]).toBe(
			'slotNotServed',
		);
		const swapped = changePlan(complete, {
			slots: [
				{ ...mondayA, staffId: 'gu' },
				{ ...mondayB, staffId: 'chen' },
			],
		});
		expect(movesBetween(complete, swapped)).toEqual([
			{ ...mondayA, from: 'chen', to: 'gu' },
			{ ...mondayB, from: 'gu', to: 'chen' },
		]);
	});

	test('a day or window that no longer serves sets its people free', () => {
		const fewer = changePlan(complete, { servedDays: [5, 4, 3, 2], slots: [] });
		expect(fewer.servedDays).toEqual([2, 3, 4, 5]);
		expect(movesBetween(complete, fewer).map(({ day, to }) => [day, to])).toEqual(
			Array.from({ length: 4 }, () => [1, null]),
		);
	});

	test('who is on leave, and who stands in, stays where he is', () => {
		const away = withLeave(
			{ ...complete, servedWindows: [one, two] },
			{
				staffId: 'chen',
				reason: '公出',
				slots: [{ ...mondayA, substituteId: 'xu' }],
			},
		);
		const changes: [PlanChange, string][] = [
			[{ slots: [{ ...mondayA, staffId: 'li' }] }, 'slotOnLeave'],
			[{ slots: [{ ...mondayA, staffId: null }] }, 'slotOnLeave'],
			[{ servedDays: [2, 3, 4, 5], slots: [] }, 'slotOnLeave'],
			[{ slots: [{ ...slotOf(two, 1, 'am', 'a'), staffId: 'xu' }] }, 'busyElsewhere'],
			[{ slots: [{ ...slotOf(two, 1, 'pm', 'a'), staffId: 'xu' }] }, 'allowed'],
		];
		for (const [change, key] of changes) expect(refusal(() => changePlan(away, change))[0]).toBe(key);
	});
});

describe('S4.2 leave', () => {
	const given = { staffId: 'chen', reason: '病假', slots: [{ ...mondayA, substituteId: null }] };

	test('is from slots of the person alone, once, with a substitute who is free', () => {
		expect(refusal(() => assertLeave(complete, { ...given, staffId: 'gu' }))[0]).toBe('notInSlot');
		expect(refusal(() => assertLeave(withLeave(complete, given), given))[0]).toBe('slotOnLeave');
		for (const [substituteId, key] of [
			['gu', 'busyElsewhere'],
			['chen', 'busyElsewhere'],
			['xu', 'allowed'],
		])
			expect(
				refusal(() =>
					assertLeave(complete, { ...given, slots: [{ ...mondayA, substituteId: substituteId! }] }),
				)[0],
			).toBe(key);
		expect(refusal(() => assertSubstitute(complete, mondayA, 'xu'))[0]).toBe('slotNotOnLeave');
	});

	test('who is on duty: the substitute in place of the person, or a vacancy; who has left is missed too', () => {
		const duty = (plan: Plan, gone = 'nobody') =>
			dutyOf(plan, 1, (id) => id !== gone)
				.filter(({ half }) => half === 'am')
				.map(({ staffId, absentId }) => [staffId, absentId]);
		expect(duty(complete)).toEqual([
			['chen', null],
			['gu', null],
		]);
		const vacant = withLeave(complete, given);
		expect(duty(vacant)[0]).toEqual([null, 'chen']);
		const stoodIn = withLeave(complete, { ...given, slots: [{ ...mondayA, substituteId: 'xu' }] });
		expect(duty(stoodIn)[0]).toEqual(['xu', 'chen']);
		expect(duty(stoodIn, 'xu')[0]).toEqual([null, 'chen']);
		expect(duty(complete, 'gu')[1]).toEqual([null, 'gu']);
		expect(dutyOf(complete, 6, () => true)).toEqual([]);
	});
});

test('S4.2 copying a week says what could not come along, and clears what the other week has not', () => {
	const source = {
		...completePlan(one, 'chen', 'gu'),
		servedDays: [1, 2, 6],
		servedWindows: [one, 'gone'],
		assigned: [...pairIn(one, 'chen', 'gu', [1, 2, 6]), ...pairIn('gone', 'li', 'wu', [1])].flatMap(
			({ staffId, ...slot }) => (staffId === null ? [] : [{ ...slot, staffId }]),
		),
	};
	const plan = {
		...EMPTY,
		servedDays: [1, 2],
		servedWindows: [one, two],
		assigned: [{ ...mondayA, staffId: 'xu' }],
	};
	const { change, notCopied } = copyWeek(source, plan, [one, two], (id) => id !== 'gu');
	const after = changePlan(plan, change);
	expect(after.servedDays).toEqual([1, 2]);
	expect(after.servedWindows).toEqual([one]);
	expect(new Set(after.assigned.map(({ staffId, post }) => `${staffId} ${post}`))).toEqual(
		new Set(['chen a']),
	);
	expect(Map.groupBy(notCopied, ({ why }) => why).size).toBe(3);
	expect(notCopied.filter(({ why }) => why === 'left').map(({ staffId }) => staffId)).toEqual(
		Array.from({ length: 4 }, () => 'gu'),
	);
	expect(notCopied.filter(({ why }) => why === 'dayNotServed')).toHaveLength(4);
	expect(notCopied.filter(({ why }) => why === 'windowNotServed')).toHaveLength(4);
});
