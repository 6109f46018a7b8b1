import { city, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { ChangeCityBody, RegisterCityBody } from '@counter-hub/shared/cities/register.ts';
import type { Api } from '#platform/Api.ts';

/** REST of the register of cities; what is in it, the page knows (`allCities`). All throw ApiProblem. */
export const citiesApi = {
	register: (api: Api, body: RegisterCityBody) =>
		api.command({ method: 'POST', path: '/cities', body, answer: city }),

	change: (api: Api, code: CityCode, body: ChangeCityBody) =>
		api.command({ method: 'PUT', path: `/cities/${code}`, body, answer: city }),
} as const;
