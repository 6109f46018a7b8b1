import { describe, expect, test } from 'vitest';
import { changePlan, staffIn, withChange } from '@counter-hub/shared/rota/planning.ts';
import { between, changeOf, isNothing } from '../../web/src/features/rota/intents.ts';
import { gridRows, slotAfterKey } from '../../web/src/features/rota/gridRows.ts';
import { completePlan, slotOf } from './weeks.ts';

const WINDOW = 'window-1';
const plan = completePlan(WINDOW, 'chen', 'gu');
const [a, b] = [slotOf(WINDOW, 1, 'am', 'a'), slotOf(WINDOW, 1, 'am', 'b')];

describe('S4.2 what a planner wants becomes a change of the plan that is there', () => {
	test('whoever leaves another slot of the half-day changes places; from elsewhere he just comes', () => {
		expect(changeOf(plan, { kind: 'place', slots: [a], staffId: 'gu' }).slots).toEqual([
			{ ...a, staffId: 'gu' },
			{ ...b, staffId: 'chen' },
		]);
		expect(changeOf(plan, { kind: 'place', slots: [a], staffId: 'xu' }).slots).toEqual([
			{ ...a, staffId: 'xu' },
		]);
		expect(isNothing(changeOf(plan, { kind: 'place', slots: [a], staffId: 'chen' }))).toBe(true);
	});

	test('a whole line at once, each day on what the days before have made of it', () => {
		const slots = plan.servedDays.map((day) => ({ ...a, day }));
		const swapped = changePlan(plan, changeOf(plan, { kind: 'place', slots, staffId: 'gu' }));
		expect(slots.map((slot) => staffIn(swapped, slot))).toEqual(slots.map(() => 'gu'));
		expect(slots.map((slot) => staffIn(swapped, { ...slot, post: 'b' }))).toEqual(slots.map(() => 'chen'));
	});

	test('a step and its way back lead to the plan of before, days and windows included', () => {
		for (const intent of [
			{ kind: 'clear', slots: [a, b] },
			{ kind: 'serve', days: [2, 3] },
			{ kind: 'serve', windows: [] },
			{ kind: 'place', slots: [a], staffId: 'gu' },
		] as const) {
			const after = withChange(plan, changeOf(plan, intent));
			expect(isNothing(between(plan, after))).toBe(false);
			expect(isNothing(between(plan, withChange(after, between(after, plan))))).toBe(true);
		}
	});
});

test('S4.2 arrows go from slot to slot and stop at the edges', () => {
	const rows = gridRows([WINDOW, 'window-2']);
	expect(slotAfterKey('ArrowDown', a, rows)).toEqual(b);
	expect(slotAfterKey('ArrowUp', a, rows)).toEqual(a);
	expect(slotAfterKey('ArrowLeft', a, rows)).toEqual(a);
	expect(slotAfterKey('End', a, rows)).toEqual({ ...a, day: 7 });
	expect(slotAfterKey('ArrowDown', slotOf(WINDOW, 3, 'pm', 'b'), rows)).toEqual(
		slotOf('window-2', 3, 'am', 'a'),
	);
	expect(slotAfterKey('x', a, rows)).toBeUndefined();
});
