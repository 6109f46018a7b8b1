import { expect, test } from 'vitest';
import { changesOf } from '../../web/src/features/calendar/changesOf.ts';
import { readImport } from '../../web/src/features/calendar/readImport.ts';
import { runsOf } from '../../web/src/features/calendar/runsOf.ts';
import { YEAR_2026, YEAR_2027 } from './year2026.ts';

test('a file in JSON is a year as the API has it; what is none is doubted', () => {
	expect(readImport(JSON.stringify(YEAR_2027), 2027)).toEqual({ ...YEAR_2027, elsewhere: [], doubts: [] });
	for (const raw of ['{', '{"year":2027}', JSON.stringify({ ...YEAR_2027, daysOff: ['2027-02-30'] })])
		expect(readImport(raw, 2027), raw).toMatchObject({ daysOff: [], doubts: [{ kind: 'unread' }] });
	expect(readImport('1月1日放假。', 2027).daysOff).toEqual(['2027-01-01']);
});

test('a correction shows the days whose kind changes, and not how weekends are listed', () => {
	const { daysOff, workedWeekends } = YEAR_2026;
	const after = {
		...YEAR_2026,
		// A Saturday inside a holiday that is a weekend all the same; a Thursday that is off now; one worked day less.
		daysOff: [...daysOff.filter((date) => date !== '2026-01-03'), '2026-12-31'],
		workedWeekends: workedWeekends.filter((date) => date !== '2026-10-10'),
	};
	expect(changesOf(YEAR_2026, after)).toEqual([
		{ date: '2026-10-10', before: 'workedWeekend', after: 'weekend' },
		{ date: '2026-12-31', before: 'weekday', after: 'dayOff' },
	]);
	expect(changesOf(YEAR_2026, YEAR_2026)).toEqual([]);
});

test('days that follow one another are one holiday', () => {
	expect(runsOf(YEAR_2026.daysOff).map(({ from, days }) => [from, days])).toEqual([
		['2026-01-01', 3],
		['2026-02-15', 9],
		['2026-04-04', 3],
		['2026-05-01', 5],
		['2026-06-19', 3],
		['2026-09-25', 3],
		['2026-10-01', 7],
	]);
	expect(runsOf(['2026-02-28', '2026-03-01', '2026-03-03'])).toHaveLength(2);
});
