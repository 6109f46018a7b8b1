import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import { dayKind, type DayKind } from '@counter-hub/shared/calendar/workCalendar.ts';

interface Lists {
	readonly year: number;
	readonly daysOff: readonly string[];
	readonly workedWeekends: readonly string[];
}

/** What is another kind of day after a year has been corrected. */
export interface DayChange {
	date: string;
	before: DayKind;
	after: DayKind;
}

/** The days of a year that a correction changes, in their order. A weekend day may be listed as off or not: no change. */
export function changesOf(before: Lists, after: Lists): DayChange[] {
	const kindIn = (year: Lists, date: string) => dayKind({ years: [year] }, date);
	return datesOfYear(after.year)
		.map((date) => ({ date, before: kindIn(before, date), after: kindIn(after, date) }))
		.filter((one) => one.before !== one.after && !(isFree(one.before) && isFree(one.after)));
}

function datesOfYear(year: number): string[] {
	const dates: string[] = [];
	for (let date = `${year}-01-01`; date.startsWith(`${year}-`); date = addDays(date, 1)) dates.push(date);
	return dates;
}

const isFree = (kind: DayKind) => kind === 'weekend' || kind === 'dayOff';
