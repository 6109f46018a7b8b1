import { describe, expect, test } from 'vitest';
import type { WorkCalendar } from '@counter-hub/shared/calendar/workCalendar.ts';
import { DEFAULT_WEEK, type Hours } from '@counter-hub/shared/hours/hours.ts';
import { servedDaysOf } from '@counter-hub/shared/rota/servedDays.ts';
import { YEAR_2026 } from '../calendar/year2026.ts';

const calendar: WorkCalendar = { years: [YEAR_2026] };
const usual: Hours = { week: DEFAULT_WEEK, exceptions: [] };
const served = (monday: string, hours = usual, on = calendar) => servedDaysOf(hours, on, monday);

describe('S4.2 the days that a new week is planned for', () => {
	test('an ordinary week: Monday to Friday', () => {
		expect(served('2026-11-23')).toEqual({ days: [1, 2, 3, 4, 5], unknown: [] });
	});

	test('days off are not planned, a Saturday that is worked instead is', () => {
		// 10-05 to 10-07 are off, 10-10 is worked.
		expect(served('2026-10-05').days).toEqual([4, 5, 6]);
		expect(served('2026-02-16').days).toEqual([]);
	});

	test('exceptions go before the calendar, both ways', () => {
		const spans = [{ from: '09:00', to: '12:00' }];
		const exceptions = [
			{ date: '2026-10-05', spans, reason: '值班' },
			{ date: '2026-10-08', spans: [], reason: '停电检修' },
		];
		expect(served('2026-10-05', { ...usual, exceptions }).days).toEqual([1, 5, 6]);
	});

	test('a counter that serves on Saturdays serves on ordinary ones', () => {
		const week = DEFAULT_WEEK.map((spans, day) => (day === 5 ? [{ from: '09:00', to: '12:00' }] : spans));
		expect(served('2026-11-23', { ...usual, week }).days).toEqual([1, 2, 3, 4, 5, 6]);
	});

	test('beyond the calendar the weekly hours are taken, and the days are named', () => {
		expect(served('2026-12-28')).toEqual({ days: [1, 2, 3, 4, 5], unknown: [5, 6, 7] });
		expect(served('2026-11-23', usual, { years: [] })).toEqual({
			days: [1, 2, 3, 4, 5],
			unknown: [1, 2, 3, 4, 5, 6, 7],
		});
	});
});
