import {
	signaturesOfStaff,
	undertaking,
	undertakings,
	type PublishUndertakingBody,
	type SignUndertakingBody,
} from '@counter-hub/shared/undertakings/undertakings.ts';
import type { Api } from '#platform/Api.ts';
import { readBytes } from '#platform/readBytes.ts';

/** REST of the undertaking. All throw ApiProblem. */
export const undertakingsApi = {
	list: (api: Api) => api.get('/undertakings', undertakings),

	version: (api: Api, version: number) => api.get(`/undertakings/${version}`, undertaking),

	publish: (api: Api, body: PublishUndertakingBody) =>
		api.command({ method: 'POST', path: '/undertakings', body, answer: undertakings }),

	sign: (api: Api, version: number, body: SignUndertakingBody) =>
		api.command({
			method: 'POST',
			path: `/undertakings/${version}/signature`,
			body,
			answer: signaturesOfStaff,
		}),

	signatures: (api: Api, staffId: string) => api.get(`/staff/${staffId}/undertakings`, signaturesOfStaff),

	/** PDF of what a person has signed. */
	print: (api: Api, staffId: string, version: number) =>
		readBytes(api, `/staff/${staffId}/undertakings/${version}/pdf`),
} as const;
