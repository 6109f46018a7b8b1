import type { z } from 'zod';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { reviewEvents } from '@counter-hub/shared/reviews/events.ts';
import {
	REVIEW_SETTINGS,
	type ReviewSettings,
	type reviewSettingsBody,
} from '@counter-hub/shared/reviews/reviews.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection } from '../timeline/types.ts';

/** What cities have decided of their reviews; a city that has decided nothing has no document. */
export const reviewSettingsProjection: Projection<ReviewSettings> = {
	name: 'review_settings',
	subjectKind: 'city',
	by: 'subject',
	apply: (state, { type, data }) => (type === 'city.reviewSettings' ? reviewEvents[type].parse(data) : state),
};

export async function readReviewSettings(hub: HubContext, city: CityCode): Promise<ReviewSettings> {
	return (await timeline(hub).state(reviewSettingsProjection, city)) ?? REVIEW_SETTINGS;
}

/** An administrator of the city decides; it stands on the city's timeline. */
export async function setReviewSettings(
	hub: HubContext,
	{ actor, windowId }: Principal,
	city: CityCode,
	{ commandId, ...settings }: z.output<typeof reviewSettingsBody>,
): Promise<ReviewSettings> {
	assertMay(may.setReviews(actor, city));
	const { staffId, role, counterId } = actor;
	await timeline(hub).append({
		subject: `city:${city}`,
		commandId,
		content: { settings, by: staffId },
		decide: () => [
			{
				type: 'city.reviewSettings',
				data: settings,
				actor: { kind: 'staff', staffId, role, cityCode: city, counterId, windowId, duty: null },
			},
		],
	});
	return readReviewSettings(hub, city);
}
