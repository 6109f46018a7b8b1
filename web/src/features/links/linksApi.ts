import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { LinkLimits } from '@counter-hub/shared/links/linkTerms.ts';
import { linkHistory, linkLimitsOfCity } from '@counter-hub/shared/links/matrix.ts';
import type { Api } from '#platform/Api.ts';

/** REST of links between cities. All throw ApiProblem. */
export const linksApi = {
	/** The last days of one direction, up to today. */
	history: (api: Api, from: CityCode, to: CityCode, days: number) =>
		api.get('/links/history', linkHistory, { query: { from, to, days: String(days) } }),
	limits: (api: Api, city: CityCode) => api.get(`/cities/${city}/link-limits`, linkLimitsOfCity),
	setLimits: (api: Api, city: CityCode, body: { commandId: string; version: number; limits: LinkLimits }) =>
		api.command({ method: 'PUT', path: `/cities/${city}/link-limits`, body, answer: linkLimitsOfCity }),
} as const;
