import { z } from 'zod';
import { knownCity } from '@counter-hub/shared/cities/cities.ts';
import { caseId } from '@counter-hub/shared/ids/ids.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import {
	offeredReasons,
	reviewSettings,
	reviewSettingsBody,
	reviewView,
} from '@counter-hub/shared/reviews/reviews.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { assertMay } from '../auth/Principal.ts';
import { getReadableCase } from '../cases/getCase.ts';
import { offerReasons } from './reasons.ts';
import { presentReview, readReview } from './reviewProjection.ts';
import { readReviewSettings, setReviewSettings } from './reviewSettings.ts';

const tag = 'Reviews';
const params = z.strictObject({ caseId });
const cityParams = z.strictObject({ city: knownCity });

/** How a review stands, what is offered for it, and what a city has decided. */
export function reviewRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path: '/cases/{caseId}/review',
		operationId: 'readReview',
		summary:
			'The review of the case’s materials: marks, counts, what was asked before, rounds with their notices',
		tag,
		guard,
		params,
		response: reviewView,
		errors: ['notAllowed', 'unknownCase'],
		handler: async ({ actor, params: { caseId: id } }) => {
			await getReadableCase(hub, actor, id);
			const { state, seq } = await readReview(hub, id);
			return { state: await presentReview(hub, state), seq };
		},
	});

	hub.api.route({
		method: 'get',
		path: '/cases/{caseId}/review/reasons',
		operationId: 'offerReasons',
		summary: 'Reasons for 需补正 by material: what the deciding counter asks for most comes first',
		tag,
		guard,
		params,
		response: offeredReasons,
		errors: ['notAllowed', 'unknownCase'],
		handler: async ({ actor, params: { caseId: id } }) => {
			const found = await getReadableCase(hub, actor, id);
			// They are sentences of other cases: for those alone who wrote them.
			assertMay(may.markMaterial(actor.actor, found));
			return { reasons: await offerReasons(hub, found.itemNo, found.permitCounterId) };
		},
	});

	hub.api.route({
		method: 'get',
		path: '/cities/{city}/review-settings',
		operationId: 'readReviewSettings',
		summary: 'What a city has decided of its reviews',
		tag,
		guard,
		params: cityParams,
		response: reviewSettings,
		errors: ['unknownCity'],
		handler: ({ params: { city } }) => readReviewSettings(hub, city),
	});

	hub.api.route({
		method: 'put',
		path: '/cities/{city}/review-settings',
		operationId: 'setReviewSettings',
		summary: 'An administrator decides how reviews are made in his city',
		tag,
		guard,
		params: cityParams,
		body: reviewSettingsBody,
		response: reviewSettings,
		errors: ['notAllowed', 'unknownCity', 'commandReused', 'queueFull'],
		handler: ({ actor, params: { city }, body }) => setReviewSettings(hub, actor, city, body),
	});
}
