import { item } from '@counter-hub/shared/catalogue/catalogue.ts';
import { caseDetail, casePage, unmaskedPerson, type OpenCaseBody } from '@counter-hub/shared/cases/cases.ts';
import { z } from 'zod';
import type { Api } from '#platform/Api.ts';
import type { CaseQuery } from './caseFilters.ts';

/** REST of cases and of the catalogue of items. All throw ApiProblem. */
export const casesApi = {
	list: (api: Api, query: CaseQuery, signal?: AbortSignal) => api.get('/cases', casePage, { query, signal }),

	read: (api: Api, caseId: string) => api.get(`/cases/${caseId}`, caseDetail),

	/** `body` has passed `openCaseBody`; sending it twice opens one case. */
	open: (api: Api, body: OpenCaseBody) =>
		api.command({ method: 'POST', path: '/cases', body, answer: caseDetail }),

	/** Shows the person's data in full; `reason` stands on the timeline. */
	unmask: (api: Api, caseId: string, body: { commandId: string; reason: string }) =>
		api.command({
			method: 'POST',
			path: `/cases/${caseId}/unmask`,
			body,
			answer: unmaskedPerson,
		}),

	items: async (api: Api, signal?: AbortSignal) =>
		(await api.get('/items', z.object({ items: z.array(item) }), { signal })).items,
} as const;
