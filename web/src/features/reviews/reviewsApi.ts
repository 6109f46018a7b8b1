import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import {
	offeredReasons,
	publicNotice,
	reviewSettings,
	reviewView,
	type ReviewSettings,
} from '@counter-hub/shared/reviews/reviews.ts';
import type { Api } from '#platform/Api.ts';
import { readBytes } from '#platform/readBytes.ts';

export const reviewsApi = {
	read: (api: Api, caseId: string) => api.get(`/cases/${caseId}/review`, reviewView),
	reasons: (api: Api, caseId: string) => api.get(`/cases/${caseId}/review/reasons`, offeredReasons),
	settings: (api: Api, city: CityCode) => api.get(`/cities/${city}/review-settings`, reviewSettings),
	setSettings: (api: Api, city: CityCode, body: ReviewSettings & { commandId: string }) =>
		api.command({ method: 'PUT', path: `/cities/${city}/review-settings`, body, answer: reviewSettings }),
	/** PDF of a notice. */
	notice: (api: Api, caseId: string, noticeId: string) =>
		readBytes(api, `/cases/${caseId}/notices/${noticeId}/pdf`),
	/** SVG of the code that opens the notice on a phone. */
	code: (api: Api, caseId: string, noticeId: string) =>
		readBytes(api, `/cases/${caseId}/notices/${noticeId}/code`),
	/** PDF of the notice that the marks of this moment would make. */
	preview: (api: Api, caseId: string) => readBytes(api, `/cases/${caseId}/notice-preview/pdf`),
	publicNotice: (api: Api, publicId: string) => api.get(`/public/notices/${publicId}`, publicNotice),
};
