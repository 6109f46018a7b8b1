import { calendarView, importYearBody } from '@counter-hub/shared/calendar/calendar.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { importYear } from './importYear.ts';
import { showCalendar } from './showCalendar.ts';

const tag = 'Calendar';

/** Everybody signed in reads the calendar; administrators bring in years. */
export function calendarRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path: '/calendar',
		operationId: 'readCalendar',
		summary: 'Days off and worked weekends of the years that are known, and how far the calendar reaches',
		tag,
		guard,
		response: calendarView,
		handler: () => showCalendar(hub),
	});

	hub.api.route({
		method: 'post',
		path: '/calendar/years',
		operationId: 'importCalendarYear',
		summary: 'Brings in the next year, or corrects one that is known',
		tag,
		guard,
		body: importYearBody,
		response: calendarView,
		errors: [
			'notAllowed',
			'dateOfAnotherYear',
			'dateTwice',
			'workedNoWeekend',
			'offAndWorked',
			'yearNotNext',
			'personalNumber',
			'staleVersion',
			'commandReused',
			'queueFull',
		],
		handler: async ({ actor, body }) => {
			await importYear(hub, actor, body);
			return showCalendar(hub);
		},
	});
}
