import type { CounterView } from '@counter-hub/shared/people/people.ts';
import type { Plan } from '@counter-hub/shared/rota/rota.ts';
import { servedDaysOf } from '@counter-hub/shared/rota/servedDays.ts';
import type { HubContext } from '../../HubContext.ts';
import { calendarOf } from '../calendar/calendarProjection.ts';
import { hoursFrom, hoursStateOf } from '../hours/hoursProjection.ts';

interface NewWeek extends Plan {
	/** Days that lie beyond the calendar: whether they are served was taken from the weekly hours. */
	readonly unknownDays: readonly number[];
}

/** A week in which nothing was planned yet: the windows that are open, on the days on which the counter serves. */
export async function newWeek(
	hub: HubContext,
	{ id, windows }: CounterView,
	monday: string,
): Promise<NewWeek> {
	const [hours, calendar] = await Promise.all([hoursStateOf(hub, id), calendarOf(hub)]);
	const { days, unknown } = servedDaysOf(hoursFrom(hours), calendar, monday);
	return {
		servedDays: days,
		servedWindows: windows.filter(({ open }) => open).map((one) => one.id),
		assigned: [],
		leaves: [],
		unknownDays: unknown,
	};
}
