import { chatPage } from '@counter-hub/shared/chat/chat.ts';
import type { Api } from '#platform/Api.ts';

/** REST of what was said in calls. All throw ApiProblem. */
export const chatApi = {
	/** The newest of a case, or what was before a sequence number of its timeline. */
	list: (api: Api, caseId: string, before?: number) =>
		api.get(`/cases/${caseId}/chat`, chatPage, { query: { before } }),
} as const;
