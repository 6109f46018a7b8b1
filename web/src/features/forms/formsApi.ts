import {
	caseFormsView,
	draftView,
	formList,
	type CaseForms,
	type DraftView,
} from '@counter-hub/shared/forms/forms.ts';
import type { FormDefinition } from '@counter-hub/shared/forms/formDefinition.ts';
import type { Folded } from '#features/timeline/FoldedState.svelte.ts';
import type { Api } from '#platform/Api.ts';
import { readBytes } from '#platform/readBytes.ts';

/** Where a form of a case is read. */
export interface FormPlace {
	readonly caseId: string;
	readonly formId: string;
}
const pathOf = ({ caseId, formId }: FormPlace) => `/cases/${caseId}/forms/${formId}`;

/** REST of forms. All throw ApiProblem. */
export const formsApi = {
	definitions: async (api: Api, itemNo: number): Promise<readonly FormDefinition[]> =>
		(await api.get(`/items/${itemNo}/forms`, formList)).forms,

	/** Comments and progress, as the case's timeline tells them. */
	progress: (api: Api, caseId: string): Promise<Folded<CaseForms>> =>
		api.get(`/cases/${caseId}/forms`, caseFormsView),

	/** What is filled in, or what of it was written after a revision. */
	draft: (api: Api, place: FormPlace, after?: number): Promise<DraftView> =>
		api.get(pathOf(place), draftView, { query: { after } }),

	/** In clear; `reason` stands on the timeline. */
	unmask: (api: Api, place: FormPlace, body: { commandId: string; reason: string }): Promise<DraftView> =>
		api.command({ method: 'POST', path: `${pathOf(place)}/unmask`, body, answer: draftView }),

	pdf: (api: Api, place: FormPlace): Promise<Blob> => readBytes(api, `${pathOf(place)}/pdf`),
} as const;
