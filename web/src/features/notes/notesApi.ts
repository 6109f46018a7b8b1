import { notePage, noteWritten } from '@counter-hub/shared/notes/notes.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { Api } from '#platform/Api.ts';

/** REST of notes. All throw ApiProblem. */
export const notesApi = {
	/** The newest notes of a case, or those before a sequence number of its timeline. */
	list: (api: Api, caseId: string, before?: number) =>
		api.get(`/cases/${caseId}/notes`, notePage, { query: { before } }),

	/** One id for as long as the outcome is not known, so that a note never stands twice. */
	write: (api: Api, caseId: string, text: string) =>
		api.command({
			method: 'POST',
			path: `/cases/${caseId}/notes`,
			body: { commandId: newId(), text },
			answer: noteWritten,
		}),
} as const;
