import { addDays } from '../calendar/localDate.ts';
import type { WorkCalendar } from '../calendar/workCalendar.ts';
import type { Hours } from '../hours/hours.ts';
import { hoursOn } from '../hours/opening.ts';
import { WEEKDAYS } from './week.ts';

/** On which days of a week a counter serves. */
export interface ServedWeek {
	/** 1 Monday to 7 Sunday, ascending. */
	readonly days: number[];
	/** Of which the calendar knows nothing yet: they are taken as the weekly hours have them. */
	readonly unknown: number[];
}

/**
 * The days of a week on which a counter serves by its hours, its exceptions and the calendar: a Saturday that is worked
 * 调休上班 too, a day off 放假 not (S4.2, pure).
 * @param monday the date of the week's Monday
 */
export function servedDaysOf(hours: Hours, calendar: WorkCalendar, monday: string): ServedWeek {
	const known = WEEKDAYS.map((day) => ({
		day,
		spans: hoursOn(hours, calendar, addDays(monday, day - 1)).spans,
	}));
	const isServed = ({ day, spans }: (typeof known)[number]) =>
		(spans ?? hours.week[day - 1] ?? []).length > 0;
	return {
		days: known.filter(isServed).map(({ day }) => day),
		unknown: known.flatMap(({ day, spans }) => (spans === null ? day : [])),
	};
}
