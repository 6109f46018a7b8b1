import {
	counterFacilities,
	facilitiesView,
	type RecordSiteBody,
	type RecordWindowBody,
} from '@counter-hub/shared/facilities/facilities.ts';
import type { Api } from '#platform/Api.ts';

/** REST of the facilities of counters. All throw ApiProblem. */
export const facilitiesApi = {
	read: async (api: Api) => (await api.get('/facilities', facilitiesView)).counters,

	recordSite: (api: Api, counterId: string, body: RecordSiteBody) =>
		api.command({
			method: 'PUT',
			path: `/counters/${counterId}/facilities/site`,
			body,
			answer: counterFacilities,
		}),

	recordWindow: (api: Api, counterId: string, windowId: string, body: RecordWindowBody) =>
		api.command({
			method: 'PUT',
			path: `/counters/${counterId}/facilities/windows/${windowId}`,
			body,
			answer: counterFacilities,
		}),
} as const;
