import { marksAnswer } from '@counter-hub/shared/annotations/marks.ts';
import type { Api } from '#platform/Api.ts';

/** REST of marks. Throws ApiProblem. */
export const annotationsApi = {
	read: (api: Api, caseId: string) => api.get(`/cases/${caseId}/marks`, marksAnswer),
} as const;
