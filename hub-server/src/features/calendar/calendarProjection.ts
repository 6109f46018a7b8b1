import { CALENDAR_ID, type CalendarYear } from '@counter-hub/shared/calendar/calendar.ts';
import type { WorkCalendar } from '@counter-hub/shared/calendar/workCalendar.ts';
import type { HubContext } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection } from '../timeline/types.ts';

/** The years in ascending order, each as it was set last, with when and by whom; nobody where the hub did it. */
interface CalendarState {
	years: (CalendarYear & { at: Date; staffId: string | null })[];
}

export const CALENDAR_SUBJECT = `calendar:${CALENDAR_ID}`;

/** The calendar: the fold of its one timeline. */
export const calendarProjection: Projection<CalendarState> = {
	name: 'work_calendars',
	subjectKind: 'calendar',
	by: 'subject',
	apply(state, { type, data, at, actor }) {
		if (type !== 'calendar.yearSet') return state;
		const staffId = actor.kind === 'staff' ? actor.staffId : null;
		const others = state?.years.filter(({ year }) => year !== data.year) ?? [];
		return { years: [...others, { ...data, at, staffId }].sort((a, b) => a.year - b.year) };
	},
};

/** The working-day calendar as it is now, for whoever reckons with days. */
export async function calendarOf(hub: HubContext): Promise<WorkCalendar> {
	return (await timeline(hub).state(calendarProjection, CALENDAR_ID)) ?? { years: [] };
}
