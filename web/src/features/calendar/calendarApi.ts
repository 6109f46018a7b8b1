import { calendarView, type ImportYearBody } from '@counter-hub/shared/calendar/calendar.ts';
import type { Api } from '#platform/Api.ts';

/** REST of the working-day calendar. All throw ApiProblem. */
export const calendarApi = {
	read: (api: Api) => api.get('/calendar', calendarView),
	importYear: (api: Api, body: ImportYearBody) =>
		api.command({ method: 'POST', path: '/calendar/years', body, answer: calendarView }),
} as const;
