import { describe, expect, test } from 'vitest';
import { weekStanding } from '@counter-hub/shared/rota/openWeeks.ts';
import { addDays, weekdayOf } from '@counter-hub/shared/calendar/localDate.ts';
import { halfAt, monday, mondayOf, weekAt } from '@counter-hub/shared/rota/week.ts';

const at = (local: string) => Date.parse(`${local}+08:00`);

describe('S4.2 weeks and half-days are those of Shanghai', () => {
	test.each([
		['2026-11-23', 1, '2026-11-23'],
		['2026-11-29', 7, '2026-11-23'],
		['2027-01-01', 5, '2026-12-28'],
		['2028-02-29', 2, '2028-02-28'],
	])('%s is day %i of the week of %s', (date, day, of) => {
		expect([weekdayOf(date), mondayOf(date)]).toEqual([day, of]);
	});

	test('half past midnight on Monday is in the new week, though it is Sunday in UTC', () => {
		expect(weekAt(at('2026-11-23T00:30:00'))).toBe('2026-11-23');
		expect(weekAt(at('2026-11-22T23:59:59'))).toBe('2026-11-16');
	});

	test.each([
		['2026-11-23T00:00:00', 'am'],
		['2026-11-23T11:59:59', 'am'],
		['2026-11-23T12:00:00', 'pm'],
		['2026-11-23T23:59:59', 'pm'],
	])('%s is in the %s', (local, half) => {
		expect(halfAt(at(local))).toBe(half);
	});

	test('a week is named by a Monday and nothing else', () => {
		for (const good of ['2026-11-23', '2028-02-28']) expect(monday.safeParse(good).success, good).toBe(true);
		for (const bad of [
			'2026-11-24',
			'2026-11-29',
			'2026-02-30',
			'1999-01-04',
			'2100-01-04',
			'20261123',
			'',
			7,
		])
			expect(monday.safeParse(bad).success, String(bad)).toBe(false);
	});

	test('this week and half a year ahead are open, whatever the day of the week', () => {
		for (const now of [at('2026-11-23T00:00:00'), at('2026-11-29T23:59:59')]) {
			expect(weekStanding('2026-11-16', now)).toBe('past');
			expect(weekStanding('2026-11-23', now)).toBe('open');
			expect(weekStanding(addDays('2026-11-23', 7 * 26), now)).toBe('open');
			expect(weekStanding(addDays('2026-11-23', 7 * 27), now)).toBe('tooFar');
		}
	});
});
