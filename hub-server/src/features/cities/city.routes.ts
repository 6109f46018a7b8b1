import { z } from 'zod';
import { CITIES, city, cityCode } from '@counter-hub/shared/cities/cities.ts';
import { changeCityBody, cityList, registerCityBody } from '@counter-hub/shared/cities/register.ts';
import type { HubContext } from '../../HubContext.ts';
import { open } from '../../platform/http/route.ts';
import { signedIn } from '../auth/guards.ts';
import { changeCity } from './changeCity.ts';
import { registerCity } from './registerCity.ts';

const tag = 'Cities';

/** The register of cities (S4.1): every page reads it before anybody signs in; administrators of all cities keep it. */
export function cityRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path: '/cities',
		operationId: 'listCities',
		summary: 'The cities of the register in their order',
		tag,
		guard: open,
		response: cityList,
		handler: () => ({ cities: [...CITIES] }),
	});

	hub.api.route({
		method: 'post',
		path: '/cities',
		operationId: 'registerCity',
		summary: 'A new city; its code and its letters are for good',
		tag,
		guard,
		body: registerCityBody,
		response: city,
		status: 201,
		errors: [
			'notAllowed',
			'cityTaken',
			'lettersTaken',
			'tooManyCities',
			'personalNumber',
			'commandReused',
			'queueFull',
		],
		handler: ({ actor, body }) => registerCity(hub, actor, body),
	});

	hub.api.route({
		method: 'put',
		path: '/cities/{city}',
		operationId: 'changeCity',
		summary: 'Other names, or another place in the order',
		tag,
		guard,
		params: z.strictObject({ city: cityCode }),
		body: changeCityBody,
		response: city,
		errors: ['notAllowed', 'unknownCity', 'staleVersion', 'personalNumber', 'commandReused', 'queueFull'],
		handler: ({ actor, params, body }) => changeCity(hub, actor, params.city, body),
	});
}
