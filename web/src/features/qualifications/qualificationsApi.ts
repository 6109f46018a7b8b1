import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import {
	qualificationRules,
	type QualificationRulesBody,
} from '@counter-hub/shared/qualifications/qualificationRules.ts';
import {
	qualificationsOfStaff,
	type RecordQualificationBody,
	type StrikeQualificationBody,
} from '@counter-hub/shared/qualifications/qualifications.ts';
import type { Api } from '#platform/Api.ts';

const pathOf = (staffId: string) => `/staff/${staffId}/qualifications`;
const rulesOf = (city: CityCode) => `/cities/${city}/qualification-rules`;

/** REST of training and exams. All throw ApiProblem. */
export const qualificationsApi = {
	list: (api: Api, staffId: string) => api.get(pathOf(staffId), qualificationsOfStaff),

	record: (api: Api, staffId: string, body: RecordQualificationBody) =>
		api.command({ method: 'POST', path: pathOf(staffId), body, answer: qualificationsOfStaff }),

	strike: (api: Api, staffId: string, qualificationId: string, body: StrikeQualificationBody) =>
		api.command({
			method: 'POST',
			path: `${pathOf(staffId)}/${qualificationId}/strike`,
			body,
			answer: qualificationsOfStaff,
		}),

	rules: (api: Api, city: CityCode) => api.get(rulesOf(city), qualificationRules),

	setRules: (api: Api, city: CityCode, body: QualificationRulesBody) =>
		api.command({ method: 'PUT', path: rulesOf(city), body, answer: qualificationRules }),
} as const;
