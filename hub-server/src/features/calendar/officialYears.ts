import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { CALENDAR_LIMITS, type CalendarYear } from '@counter-hub/shared/calendar/calendar.ts';

/** Names the edition of the data; a later one of the package gets its own. */
export const OFFICIAL_EDITION = 'chinese-days-1.5.7';

/**
 * The years whose notices the package `chinese-days` holds, in ascending order. Only its lists are taken: its functions
 * call every weekday of a later year a working day.
 */
export function officialYears(): CalendarYear[] {
	const daysOff = Object.keys(notices.holidays).sort();
	const workedWeekends = Object.keys(notices.workdays).sort();
	const years = [...new Set(daysOff.map((date) => Number(date.slice(0, 4))))];
	return years
		.filter((year) => year >= CALENDAR_LIMITS.firstYear)
		.map((year) => ({
			year,
			daysOff: daysOff.filter((date) => date.startsWith(`${year}-`)),
			workedWeekends: workedWeekends.filter((date) => date.startsWith(`${year}-`)),
			source: `国务院办公厅 ${year} 年节假日安排，随软件提供（chinese-days 1.5.7）`,
		}));
}
