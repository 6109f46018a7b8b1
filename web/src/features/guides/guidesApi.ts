import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { guide } from '@counter-hub/shared/guides/guides.ts';
import type { Api } from '#platform/Api.ts';

/** REST of guides. All throw ApiProblem. */
export const guidesApi = {
	/** As the city applies it: in force now, or of an edition. */
	read: (api: Api, itemNo: number, city: CityCode, version?: string) =>
		api.get(`/items/${itemNo}/guide`, guide, { query: { city, version } }),
} as const;
