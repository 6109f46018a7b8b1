import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import {
	filesOfCase,
	fileWritten,
	type ShareFileBody,
	type WithdrawFileBody,
} from '@counter-hub/shared/files/files.ts';
import { scanning, type DecideScanningBody } from '@counter-hub/shared/files/scanning.ts';
import type { Api } from '#platform/Api.ts';

/** REST of files. All throw ApiProblem. */
export const filesApi = {
	list: (api: Api, caseId: string) => api.get(`/cases/${caseId}/files`, filesOfCase),

	share: (api: Api, caseId: string, body: ShareFileBody, signal: AbortSignal) =>
		api.command({ method: 'POST', path: `/cases/${caseId}/files`, body, answer: fileWritten, signal }),

	withdraw: (api: Api, caseId: string, fileId: string, body: WithdrawFileBody) =>
		api.command({
			method: 'POST',
			path: `/cases/${caseId}/files/${fileId}/withdraw`,
			body,
			answer: fileWritten,
		}),

	scanning: (api: Api) => api.get('/scanning', scanning),

	decideScanning: (api: Api, city: CityCode, body: DecideScanningBody) =>
		api.command({ method: 'POST', path: `/scanning/${city}`, body, answer: scanning }),
} as const;
