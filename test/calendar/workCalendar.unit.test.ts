import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, weekdayOf } from '@counter-hub/shared/calendar/localDate.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import {
	addWorkingDays,
	coveredUntil,
	dayKind,
	dayStatus,
	rollForward,
	type WorkCalendar,
} from '@counter-hub/shared/calendar/workCalendar.ts';
import { datesOf, YEAR_2026, YEAR_2027 } from './year2026.ts';

const calendar: WorkCalendar = { years: [YEAR_2026] };
const reached = (date: string) => ({ beyond: false, date });
const BEYOND = { beyond: true, date: null };

describe('S6.3.3 working days of 2026', () => {
	test('days off and worked weekends are those of the notice, every other day goes by its weekday', () => {
		for (const date of datesOf('2026-01-01', '2026-12-31')) {
			const isOff = YEAR_2026.daysOff.includes(date);
			const isWorked = YEAR_2026.workedWeekends.includes(date);
			const isWeekend = ['Sat', 'Sun'].includes(new Date(date).toUTCString().slice(0, 3));
			expect(dayStatus(calendar, date), date).toBe(isWorked || !(isOff || isWeekend) ? 'working' : 'off');
		}
		expect(
			['2026-02-16', '2026-02-14', '2026-02-12', '2026-11-21'].map((date) => dayKind(calendar, date)),
		).toEqual(['dayOff', 'workedWeekend', 'weekday', 'weekend']);
	});

	test.each([
		['2026-02-13', '2026-02-14'],
		['2026-02-14', '2026-02-24'],
		['2026-09-18', '2026-09-20'],
		['2026-09-30', '2026-10-08'],
		['2026-10-09', '2026-10-10'],
		['2026-04-30', '2026-05-06'],
		['2026-11-21', '2026-11-23'],
	])('one working day after %s is %s', (start, end) => {
		expect(addWorkingDays(calendar, start, 1)).toEqual(reached(end));
	});

	test('three working days after 2026-04-03 are 2026-04-09', () => {
		expect(addWorkingDays(calendar, '2026-04-03', 3)).toEqual(reached('2026-04-09'));
	});

	test('the start does not count, and a limit that ends on a day off rolls forward (民法典 201, 203)', () => {
		expect(addWorkingDays(calendar, '2026-11-23', 1)).toEqual(reached('2026-11-24'));
		expect(rollForward(calendar, '2026-10-03')).toEqual(reached('2026-10-08'));
		expect(rollForward(calendar, '2026-10-10')).toEqual(reached('2026-10-10'));
		expect(addWorkingDays(calendar, '2026-10-03', 0)).toEqual(reached('2026-10-08'));
		expect(addWorkingDays(calendar, '2026-10-03', 1)).toEqual(reached('2026-10-08'));
	});

	test('dates are those of Shanghai: half past midnight there is the day before in UTC', () => {
		const halfPastMidnight = Date.parse('2026-02-14T00:30:00+08:00');
		expect(new Date(halfPastMidnight).toISOString().slice(0, 10)).toBe('2026-02-13');
		expect(addWorkingDays(calendar, shanghaiDate(halfPastMidnight), 1)).toEqual(reached('2026-02-24'));
	});
});

describe('what lies beyond the calendar is said, never guessed', () => {
	test('neither a weekday nor a weekend beyond it is called anything', () => {
		for (const date of ['2027-01-01', '2027-01-04', '2027-01-09', '2025-12-31', '1999-06-01'])
			expect([dayKind(calendar, date), dayStatus(calendar, date)], date).toEqual(['beyond', 'beyond']);
		expect(coveredUntil(calendar)).toBe('2026-12-31');
		expect(coveredUntil({ years: [] })).toBeNull();
		expect(dayStatus({ years: [] }, '2026-11-23')).toBe('beyond');
	});

	test('reckoning ends at the last day that is known', () => {
		expect(addWorkingDays(calendar, '2026-12-30', 1)).toEqual(reached('2026-12-31'));
		for (const [start, days] of [
			['2026-12-31', 1],
			['2026-12-30', 2],
			['2026-12-01', 300],
			['2027-03-01', 0],
			['2025-12-30', 1],
		] as const)
			expect(addWorkingDays(calendar, start, days), `${start} + ${days}`).toEqual(BEYOND);
		expect(rollForward(calendar, '2027-01-01')).toEqual(BEYOND);
	});

	test('with the next year it goes on across the turn of the year', () => {
		const longer: WorkCalendar = { years: [YEAR_2026, YEAR_2027] };
		expect(addWorkingDays(longer, '2026-12-31', 1)).toEqual(reached('2027-01-04'));
		expect(coveredUntil(longer)).toBe('2027-12-31');
	});

	test('a number of days that is none is refused', () => {
		for (const days of [-1, 1.5, Number.NaN, Infinity])
			expect(() => addWorkingDays(calendar, '2026-11-23', days)).toThrow(RangeError);
	});
});

test('properties: a result is a working day after its start, with as many working days between', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 1, max: 40 }), (offset, days) => {
			const start = addDays('2026-01-01', offset);
			const { beyond, date } = addWorkingDays(calendar, start, days);
			if (beyond) return daysBetween(start, '2026-12-31') < days * 2 + 20;
			const between = datesOf(addDays(start, 1), date).filter(
				(one) => dayStatus(calendar, one) === 'working',
			);
			return between.length === days && between.at(-1) === date;
		}),
	);
});

test('dates: weekdays count from Monday, steps cross months and leap days', () => {
	expect(datesOf('2026-11-23', '2026-11-29').map(weekdayOf)).toEqual([1, 2, 3, 4, 5, 6, 7]);
	expect([addDays('2028-02-28', 1), addDays('2026-03-01', -1), addDays('2026-12-31', 1)]).toEqual([
		'2028-02-29',
		'2026-02-28',
		'2027-01-01',
	]);
	expect([daysBetween('2026-12-01', '2026-12-31'), daysBetween('2027-01-01', '2026-12-31')]).toEqual([
		30, -1,
	]);
});
