import type { z } from 'zod';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { linkEvents } from '@counter-hub/shared/links/events.ts';
import { LINK_LIMITS, type LinkLimits } from '@counter-hub/shared/links/linkTerms.ts';
import type { linkLimitsBody } from '@counter-hub/shared/links/matrix.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection } from '../timeline/types.ts';

/** What cities have decided of their links; a city that has decided nothing has no document. */
export const linkLimitsProjection: Projection<LinkLimits> = {
	name: 'link_limits',
	subjectKind: 'city',
	by: 'subject',
	apply: (state, { type, data }) => (type === 'city.linkLimits' ? linkEvents[type].parse(data) : state),
};

/** By which what arrives in a city is judged. */
export async function readLinkLimits(hub: HubContext, city: CityCode): Promise<LinkLimits> {
	return (await timeline(hub).state(linkLimitsProjection, city)) ?? LINK_LIMITS;
}

/** An administrator of the city decides; it stands on the city's timeline. */
export async function setLinkLimits(
	hub: HubContext,
	{ actor, windowId }: Principal,
	city: CityCode,
	{ commandId, limits }: z.output<typeof linkLimitsBody>,
): Promise<LinkLimits> {
	assertMay(may.setLinkLimits(actor, city));
	const { staffId, role, counterId } = actor;
	await timeline(hub).append({
		subject: `city:${city}`,
		commandId,
		content: { limits, by: staffId },
		decide: () => [
			{
				type: 'city.linkLimits',
				data: limits,
				actor: { kind: 'staff', staffId, role, cityCode: city, counterId, windowId, duty: null },
			},
		],
	});
	return readLinkLimits(hub, city);
}
