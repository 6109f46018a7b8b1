import type { CalendarYear } from '@counter-hub/shared/calendar/calendar.ts';
import { addDays } from '@counter-hub/shared/calendar/localDate.ts';

/** All dates from one to another, both included. */
export function datesOf(from: string, to = from): string[] {
	const dates = [from];
	while (dates.at(-1) !== to) dates.push(addDays(dates.at(-1)!, 1));
	return dates;
}

/** 2026 as the State Council's notice has it (国办发明电〔2025〕7号). */
export const YEAR_2026: CalendarYear = {
	year: 2026,
	daysOff: [
		...datesOf('2026-01-01', '2026-01-03'),
		...datesOf('2026-02-15', '2026-02-23'),
		...datesOf('2026-04-04', '2026-04-06'),
		...datesOf('2026-05-01', '2026-05-05'),
		...datesOf('2026-06-19', '2026-06-21'),
		...datesOf('2026-09-25', '2026-09-27'),
		...datesOf('2026-10-01', '2026-10-07'),
	],
	workedWeekends: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
	source: '国办发明电〔2025〕7号',
};

/** A year as a notice might have it; no such notice is known. */
export const YEAR_2027: CalendarYear = {
	year: 2027,
	daysOff: [
		...datesOf('2027-01-01', '2027-01-03'),
		...datesOf('2027-02-05', '2027-02-11'),
		...datesOf('2027-10-01', '2027-10-07'),
	],
	workedWeekends: ['2027-02-13', '2027-10-09'],
	source: '虚构的 2027 年通知',
};
