import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { linkEvents } from '@counter-hub/shared/links/events.ts';
import { LINK_LIMITS, type LinkLimits } from '@counter-hub/shared/links/linkTerms.ts';
import type { linkLimitsBody, LinkLimitsOfCity } from '@counter-hub/shared/links/matrix.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection } from '../timeline/types.ts';

/** What cities have decided of their links; a city that has decided nothing has no document. */
export const linkLimitsProjection: Projection<LinkLimitsOfCity> = {
	name: 'link_limits',
	form: 2,
	subjectKind: 'city',
	by: 'subject',
	apply: (state, { type, data }) =>
		type === 'city.linkLimits'
			? { version: (state?.version ?? 0) + 1, limits: linkEvents[type].parse(data) }
			: state,
};

/** By which what arrives in a city is judged. */
export async function readLinkLimits(hub: HubContext, city: CityCode): Promise<LinkLimits> {
	return (await showLinkLimits(hub, city)).limits;
}

/** With the version that a change is sent back with. */
export async function showLinkLimits(hub: HubContext, city: CityCode): Promise<LinkLimitsOfCity> {
	const state = await timeline(hub).state(linkLimitsProjection, city);
	return { version: state?.version ?? 0, limits: state?.limits ?? LINK_LIMITS };
}

/**
 * An administrator of the city decides; it stands on the city's timeline. What is so already changes nothing.
 * @throws AppError `notAllowed`, `staleVersion` where somebody else was faster, `commandReused`
 */
export async function setLinkLimits(
	hub: HubContext,
	{ actor, windowId }: Principal,
	city: CityCode,
	{ commandId, version, limits }: z.output<typeof linkLimitsBody>,
): Promise<LinkLimitsOfCity> {
	assertMay(may.setLinkLimits(actor, city));
	const { staffId, role, counterId } = actor;
	await timeline(hub).append({
		subject: `city:${city}`,
		commandId,
		content: { limits, by: staffId },
		reads: [linkLimitsProjection],
		decide: (view) => {
			const state = view.state(linkLimitsProjection);
			if ((state?.version ?? 0) !== version) throw new AppError('staleVersion');
			if (isDeepStrictEqual(state?.limits, limits)) return [];
			return [
				{
					type: 'city.linkLimits',
					data: limits,
					actor: { kind: 'staff', staffId, role, cityCode: city, counterId, windowId, duty: null },
				},
			];
		},
	});
	return showLinkLimits(hub, city);
}
