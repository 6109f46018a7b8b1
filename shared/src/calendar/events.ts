import { calendarYear } from './calendar.ts';

export const calendarEvents = {
	/** On the timeline `calendar:cn`: a year is so from now on, be it new or corrected. */
	'calendar.yearSet': calendarYear,
} as const;
