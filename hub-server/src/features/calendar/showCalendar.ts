import { CALENDAR_ID, type CalendarView } from '@counter-hub/shared/calendar/calendar.ts';
import { coveredUntil } from '@counter-hub/shared/calendar/workCalendar.ts';
import type { HubContext } from '../../HubContext.ts';
import { staffNames } from '../people/StaffNames.ts';
import { timeline } from '../timeline/timeline.ts';
import { calendarProjection } from './calendarProjection.ts';

/** The calendar for everybody to see, with who brought in what. */
export async function showCalendar(hub: HubContext): Promise<CalendarView> {
	const { state, seq } = await timeline(hub).projections.read(calendarProjection, CALENDAR_ID);
	const years = state?.years ?? [];
	const names = await staffNames(hub).of(years.flatMap(({ staffId }) => staffId ?? []));
	return {
		version: seq,
		coveredUntil: coveredUntil({ years }),
		years: years.map(({ at, staffId, ...year }) => ({
			...year,
			at: at.toISOString(),
			by: staffId === null ? null : (names.get(staffId) ?? null),
		})),
	};
}
