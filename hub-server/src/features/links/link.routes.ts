import { z } from 'zod';
import { knownCity } from '@counter-hub/shared/cities/cities.ts';
import {
	historyQuery,
	linkHistory,
	linkLimitsBody,
	linkLimitsOfCity,
	linkMatrix,
	matrixQuery,
} from '@counter-hub/shared/links/matrix.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { setLinkLimits, showLinkLimits } from './linkLimits.ts';
import { readHistory } from './readHistory.ts';
import { readMatrix } from './readMatrix.ts';

const tag = 'Links';
const cityParams = z.strictObject({ city: knownCity });

/** The matrix of measured links is for everybody who is signed in. */
export function linkRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path: '/links/matrix',
		operationId: 'readLinkMatrix',
		summary: 'The links between all cities on a day, with what was measured and where the trouble is',
		tag,
		guard,
		query: matrixQuery,
		response: linkMatrix,
		handler: ({ query: { date } }) => readMatrix(hub, date),
	});

	hub.api.route({
		method: 'get',
		path: '/links/history',
		operationId: 'readLinkHistory',
		summary: 'One direction between two cities, day by day',
		tag,
		guard,
		query: historyQuery,
		response: linkHistory,
		errors: ['ownCity', 'unknownCity'],
		handler: ({ query }) => readHistory(hub, query),
	});

	hub.api.route({
		method: 'get',
		path: '/cities/{city}/link-limits',
		operationId: 'readLinkLimits',
		summary: 'By which limits a city judges what arrives there',
		tag,
		guard,
		params: cityParams,
		response: linkLimitsOfCity,
		errors: ['unknownCity'],
		handler: ({ params: { city } }) => showLinkLimits(hub, city),
	});

	hub.api.route({
		method: 'put',
		path: '/cities/{city}/link-limits',
		operationId: 'setLinkLimits',
		summary: 'An administrator decides by which limits his city judges its links',
		tag,
		guard,
		params: cityParams,
		body: linkLimitsBody,
		response: linkLimitsOfCity,
		errors: ['notAllowed', 'unknownCity', 'staleVersion', 'commandReused', 'queueFull'],
		handler: ({ actor, params: { city }, body }) => setLinkLimits(hub, actor, city, body),
	});
}
