import { importPreview, importStep, type ApplyImportBody } from '@counter-hub/shared/imports/staffImport.ts';
import type { Api } from '#platform/Api.ts';

/** REST of imports. All throw ApiProblem. */
export const importsApi = {
	/** `csv` must be of type `text/csv`. */
	preview: (api: Api, csv: Blob) =>
		api.send({ method: 'POST', path: '/imports/staff', body: csv, answer: importPreview }),

	apply: (api: Api, hash: string, body: ApplyImportBody) =>
		api.command({ method: 'POST', path: `/imports/staff/${hash}/apply`, body, answer: importStep }),
} as const;
