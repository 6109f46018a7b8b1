import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { calendarYear, importYearBody, type CalendarYear } from '@counter-hub/shared/calendar/calendar.ts';
import { faultsOf } from '@counter-hub/shared/calendar/calendarFaults.ts';
import { dayStatus } from '@counter-hub/shared/calendar/workCalendar.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import { officialYears } from '@counter-hub/hub-server/features/calendar/officialYears.ts';
import { YEAR_2026, YEAR_2027 } from './year2026.ts';

test('the official years are 2004 to 2026 without a gap, each without a fault', () => {
	const years = officialYears();
	expect(years.map(({ year }) => year)).toEqual(Array.from({ length: 23 }, (_, index) => 2004 + index));
	for (const year of years)
		expect([faultsOf(year), calendarYear.safeParse(year).success]).toEqual([[], true]);
});

test('S6.3.3 2026 of the package is that of the notice, and 2027 is not known by it', () => {
	const years = officialYears();
	expect(years.at(-1)).toMatchObject({
		daysOff: YEAR_2026.daysOff,
		workedWeekends: YEAR_2026.workedWeekends,
	});
	expect(dayStatus({ years }, '2027-01-01')).toBe('beyond');
});

const wrong = (more: Partial<CalendarYear>): CalendarYear => ({ ...YEAR_2027, ...more });

test.each([
	['of another year', wrong({ daysOff: ['2027-01-01', '2026-12-31'] }), 'dateOfAnotherYear', '2026-12-31'],
	['worked, of another year', wrong({ workedWeekends: ['2026-02-14'] }), 'dateOfAnotherYear', '2026-02-14'],
	['worked and no weekend', wrong({ workedWeekends: ['2027-02-12'] }), 'workedNoWeekend', '2027-02-12'],
	['both off and worked', wrong({ workedWeekends: ['2027-02-06'] }), 'offAndWorked', '2027-02-06'],
	['off twice', wrong({ daysOff: ['2027-01-01', '2027-01-01'] }), 'dateTwice', '2027-01-01'],
	['worked twice', wrong({ workedWeekends: ['2027-02-13', '2027-02-13'] }), 'dateTwice', '2027-02-13'],
] as const)('a wrong file is refused by name: a date %s', (_what, year, error, date) => {
	expect(faultsOf(year)).toMatchObject([{ error, date }]);
	const body = { commandId: randomUUID(), version: 23, ...year };
	let refused: unknown;
	try {
		parse(importYearBody, body);
	} catch (thrown) {
		refused = thrown;
	}
	expect(refused).toBeInstanceOf(AppError);
	expect(refused).toMatchObject({ key: error, fields: [{ params: { error, date } }] });
});

test('where several things are wrong the first kind is named, and the person sees all of them', () => {
	const year = wrong({ daysOff: ['2026-12-31', '2027-01-01'], workedWeekends: ['2027-01-04', '2027-01-01'] });
	expect(faultsOf(year).map(({ error, date }) => [error, date])).toEqual([
		['dateOfAnotherYear', '2026-12-31'],
		['workedNoWeekend', '2027-01-04'],
		['workedNoWeekend', '2027-01-01'],
	]);
	expect(() => parse(importYearBody, { commandId: randomUUID(), version: 1, ...year })).toThrow(
		expect.objectContaining({ key: 'dateOfAnotherYear' }),
	);
});

test('what is no year at all has no form', () => {
	for (const more of [
		{ daysOff: [] },
		{ daysOff: ['2027-02-30'] },
		{ year: 2003 },
		{ source: '' },
		{ daysOff: Array.from({ length: 61 }, () => '2027-01-01') },
		{ extra: 1 },
	]) {
		const body = { commandId: randomUUID(), version: 1, ...YEAR_2027, ...more };
		expect(() => parse(importYearBody, body), JSON.stringify(more).slice(0, 60)).toThrow(
			expect.objectContaining({ key: 'invalidInput' }),
		);
	}
});
