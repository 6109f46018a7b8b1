import {
	counterHours,
	hoursView,
	type SetExceptionBody,
	type SetWeekBody,
} from '@counter-hub/shared/hours/hours.ts';
import type { Api } from '#platform/Api.ts';

/** REST of the hours of counters. All throw ApiProblem. */
export const hoursApi = {
	read: async (api: Api) => (await api.get('/hours', hoursView)).counters,

	setWeek: (api: Api, counterId: string, body: SetWeekBody) =>
		api.command({ method: 'PUT', path: `/counters/${counterId}/hours`, body, answer: counterHours }),

	setException: (api: Api, counterId: string, date: string, body: SetExceptionBody) =>
		api.command({
			method: 'PUT',
			path: `/counters/${counterId}/hours/exceptions/${date}`,
			body,
			answer: counterHours,
		}),
} as const;
