import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { WorkCalendar } from '@counter-hub/shared/calendar/workCalendar.ts';
import { DEFAULT_WEEK, type Hours, type HoursException, type Week } from '@counter-hub/shared/hours/hours.ts';
import { hoursOn, openingAt } from '@counter-hub/shared/hours/opening.ts';
import { minuteOf, type Span } from '@counter-hub/shared/hours/spans.ts';
import { YEAR_2026, YEAR_2027 } from '../calendar/year2026.ts';

const calendar: WorkCalendar = { years: [YEAR_2026] };
const span = (text: string): Span => ({ from: text.slice(0, 5), to: text.slice(6) });
const usual: Hours = { week: DEFAULT_WEEK, exceptions: [] };
const withException = (date: string, spans: string[], reason = '停电检修'): Hours => ({
	...usual,
	exceptions: [{ date, spans: spans.map(span), reason }],
});
/** A moment in Shanghai: `2026-11-23 09:00`. */
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const when = (moment: number | null) =>
	moment === null
		? null
		: `${shanghaiDate(moment)} ${new Date(moment + 8 * 3_600_000).toISOString().slice(11, 16)}`;
/** In words, so that a test reads as a clock does. */
const stands = (hours: Hours, moment: string, on = calendar) => {
	const { open, until, next, beyond } = openingAt(hours, on, at(moment));
	return { open, until: when(until), next: when(next), beyond };
};
const textOf = (hours: Hours, date: string) =>
	hoursOn(hours, calendar, date).spans?.map(({ from, to }) => `${from}–${to}`) ?? null;

const OFFICE = ['09:00–12:00', '13:30–17:00'];

describe('S6.1 hours of a date', () => {
	test('a working day has those of its weekday, a day off and a weekend none', () => {
		expect(textOf(usual, '2026-11-23')).toEqual(OFFICE);
		expect(textOf(usual, '2026-10-01')).toEqual([]);
		expect(textOf(usual, '2026-11-28')).toEqual([]);
		expect(hoursOn(usual, calendar, '2026-10-01').why).toBe('dayOff');
	});

	test('a worked Saturday has those of Friday, a worked Sunday those of Monday', () => {
		const week: Week = [['08:00–11:00'], ['09:00–12:00'], [], [], ['10:00–16:00'], ['09:00–10:00'], []].map(
			(day) => day.map(span),
		);
		const own = { ...usual, week };
		expect(textOf(own, '2026-02-14')).toEqual(['10:00–16:00']);
		expect(textOf(own, '2026-09-20')).toEqual(['08:00–11:00']);
		expect(hoursOn(own, calendar, '2026-09-20').why).toBe('workedWeekend');
		// An ordinary Saturday has its own, one inside a holiday has none.
		expect(textOf(own, '2026-11-28')).toEqual(['09:00–10:00']);
		expect(textOf(own, '2026-10-03')).toEqual([]);
	});

	test('an exception goes before weekday, day off, and the end of the calendar', () => {
		expect(hoursOn(withException('2026-11-23', []), calendar, '2026-11-23')).toEqual({
			spans: [],
			why: 'exception',
			reason: '停电检修',
		});
		expect(textOf(withException('2026-10-01', ['09:00–11:00']), '2026-10-01')).toEqual(['09:00–11:00']);
		expect(textOf(withException('2027-01-04', ['09:00–11:00']), '2027-01-04')).toEqual(['09:00–11:00']);
	});

	test('beyond the calendar nobody knows', () => {
		expect(hoursOn(usual, calendar, '2027-01-04')).toEqual({ spans: null, why: 'beyond', reason: null });
	});
});

describe('S6.1 whether a counter is open, until when, and when it opens next', () => {
	test('over a day: the first minute is in it, the last one is not', () => {
		const morning = { until: '2026-11-23 12:00', next: '2026-11-23 13:30' };
		expect(stands(usual, '2026-11-23 08:59')).toEqual({
			open: false,
			until: null,
			next: '2026-11-23 09:00',
			beyond: false,
		});
		expect(stands(usual, '2026-11-23 09:00')).toEqual({ open: true, ...morning, beyond: false });
		expect(stands(usual, '2026-11-23 11:59')).toEqual({ open: true, ...morning, beyond: false });
		expect(stands(usual, '2026-11-23 12:00')).toMatchObject({ open: false, next: '2026-11-23 13:30' });
		expect(stands(usual, '2026-11-23 16:00')).toMatchObject({
			open: true,
			until: '2026-11-23 17:00',
			next: '2026-11-24 09:00',
		});
	});

	test('over holidays and worked weekends', () => {
		expect(stands(usual, '2026-09-30 17:00')).toMatchObject({ open: false, next: '2026-10-08 09:00' });
		expect(stands(usual, '2026-10-09 18:00')).toMatchObject({ open: false, next: '2026-10-10 09:00' });
		expect(stands(usual, '2026-10-10 10:00')).toMatchObject({ open: true, until: '2026-10-10 12:00' });
		expect(stands(usual, '2026-02-14 00:30')).toMatchObject({ open: false, next: '2026-02-14 09:00' });
	});

	test('over exceptions', () => {
		expect(stands(withException('2026-11-23', []), '2026-11-23 10:00')).toMatchObject({
			open: false,
			next: '2026-11-24 09:00',
		});
		expect(stands(withException('2026-11-28', ['09:00–11:00']), '2026-11-27 17:00')).toMatchObject({
			next: '2026-11-28 09:00',
		});
	});

	test('times that join are one, past midnight too', () => {
		const night = {
			...usual,
			week: Array.from({ length: 7 }, () => ['00:00–06:00', '18:00–20:00', '20:00–24:00'].map(span)),
		};
		expect(stands(night, '2026-11-23 19:00')).toMatchObject({
			open: true,
			until: '2026-11-24 06:00',
			next: '2026-11-24 18:00',
		});
		expect(stands(night, '2026-11-24 00:00')).toMatchObject({ open: true, until: '2026-11-24 06:00' });
	});

	test('what lies beyond the calendar is flagged and not guessed', () => {
		expect(stands(usual, '2026-12-31 16:00')).toEqual({
			open: true,
			until: '2026-12-31 17:00',
			next: null,
			beyond: true,
		});
		expect(stands(usual, '2026-12-31 17:00')).toEqual({ open: false, until: null, next: null, beyond: true });
		expect(stands(usual, '2027-01-04 10:00')).toEqual({ open: null, until: null, next: null, beyond: true });
		expect(stands(usual, '2026-12-31 17:00', { years: [YEAR_2026, YEAR_2027] })).toMatchObject({
			next: '2027-01-04 09:00',
			beyond: false,
		});
	});

	test('a counter that never opens says so', () => {
		const never = { week: Array.from({ length: 7 }, () => []), exceptions: [] };
		const long = { years: [YEAR_2026, YEAR_2027] };
		expect(stands(never, '2026-01-05 10:00', long)).toEqual({
			open: false,
			until: null,
			next: null,
			beyond: false,
		});
	});
});

test('properties: whatever the hours, each moment is open exactly when a time of its date holds it', () => {
	const times = fc
		.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 8 })
		.map((quarters) => quarters.toSorted((a, b) => a - b))
		.map((quarters) =>
			Array.from({ length: Math.floor(quarters.length / 2) }, (_, index) => ({
				from: clock(quarters[index * 2]!),
				to: clock(quarters[index * 2 + 1]!),
			})),
		);
	const clock = (quarter: number) =>
		`${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
	const week = fc.array(times, { minLength: 7, maxLength: 7 });
	const exceptions: fc.Arbitrary<HoursException[]> = fc
		.option(times, { nil: undefined })
		.map((spans) => (spans ? [{ date: '2026-02-16', spans, reason: '春节值班' }] : []));
	const minute = fc.integer({ min: 0, max: 20 * 1440 });
	fc.assert(
		fc.property(week, exceptions, minute, (days, some, after) => {
			const hours = { week: days, exceptions: some };
			const moment = at('2026-02-10 00:00') + after * 60_000;
			const holds = (one: number) => {
				const spans = hoursOn(hours, calendar, shanghaiDate(one)).spans ?? [];
				const of = Math.floor((one + 8 * 3_600_000) / 60_000) % 1440;
				return spans.some(({ from, to }) => minuteOf(from) <= of && of < minuteOf(to));
			};
			const { open, until, next } = openingAt(hours, calendar, moment);
			expect(open).toBe(holds(moment));
			if (until !== null) expect([holds(until - 60_000), holds(until)]).toEqual([true, false]);
			if (next !== null) {
				expect([holds(next), next > moment]).toEqual([true, true]);
				for (let one = until ?? moment; one < next; one += 15 * 60_000)
					if (one > moment) expect(holds(one)).toBe(false);
			}
		}),
	);
});
