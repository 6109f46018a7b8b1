import { notePage, noteWritten, type NoteBody } from '@counter-hub/shared/notes/notes.ts';
import type { Api } from '#platform/Api.ts';

/** REST of notes. All throw ApiProblem. */
export const notesApi = {
	/** The newest notes of a case, or those before a sequence number of its timeline. */
	list: (api: Api, caseId: string, before?: number) =>
		api.get(`/cases/${caseId}/notes`, notePage, { query: { before } }),

	write: (api: Api, caseId: string, note: NoteBody) =>
		api.command({
			method: 'POST',
			path: `/cases/${caseId}/notes`,
			body: note,
			answer: noteWritten,
		}),
} as const;
