import { readingDecided, readingList, type DecideReadingBody } from '@counter-hub/shared/reading/bodies.ts';
import type { Api } from '#platform/Api.ts';

/** REST of readings. All throw ApiProblem. */
export const readingApi = {
	/** The last decision on each still of a case. */
	list: (api: Api, caseId: string) => api.get(`/cases/${caseId}/readings`, readingList),

	decide: (api: Api, caseId: string, stillId: string, body: DecideReadingBody) =>
		api.command({
			method: 'POST',
			path: `/cases/${caseId}/stills/${stillId}/reading`,
			body,
			answer: readingDecided,
		}),
} as const;
