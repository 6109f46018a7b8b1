import { checkMinimumOfCity } from '@counter-hub/shared/checks/checks.ts';
import type { CheckMinimum } from '@counter-hub/shared/checks/items.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { Api } from '#platform/Api.ts';

/** REST of what cities ask of their devices. All throw ApiProblem. */
export const checksApi = {
	minimum: (api: Api, city: CityCode) => api.get(`/cities/${city}/check-minimum`, checkMinimumOfCity),
	setMinimum: (
		api: Api,
		city: CityCode,
		body: { commandId: string; version: number; minimum: CheckMinimum },
	) =>
		api.command({ method: 'PUT', path: `/cities/${city}/check-minimum`, body, answer: checkMinimumOfCity }),
} as const;
