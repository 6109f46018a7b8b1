import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { checkMinimumBody, CheckMinimumOfCity } from '@counter-hub/shared/checks/checks.ts';
import { checkEvents } from '@counter-hub/shared/checks/events.ts';
import { CHECK_MINIMUM, type CheckMinimum } from '@counter-hub/shared/checks/items.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection } from '../timeline/types.ts';

/** What cities ask of their devices; a city that has decided nothing has no document. */
export const checkMinimumProjection: Projection<CheckMinimumOfCity> = {
	name: 'check_minimum',
	form: 2,
	subjectKind: 'city',
	by: 'subject',
	apply: (state, { type, data }) =>
		type === 'city.checkMinimum'
			? { version: (state?.version ?? 0) + 1, minimum: checkEvents[type].parse(data) }
			: state,
};

/** By which the devices of a city are judged. */
export async function readCheckMinimum(hub: HubContext, city: CityCode): Promise<CheckMinimum> {
	return (await showCheckMinimum(hub, city)).minimum;
}

/** With the version that a change is sent back with. */
export async function showCheckMinimum(hub: HubContext, city: CityCode): Promise<CheckMinimumOfCity> {
	const state = await timeline(hub).state(checkMinimumProjection, city);
	return { version: state?.version ?? 0, minimum: state?.minimum ?? CHECK_MINIMUM };
}

/**
 * An administrator of the city decides; it stands on the city's timeline. What is so already changes nothing.
 * @throws AppError `notAllowed`, `staleVersion` where somebody else was faster, `commandReused`
 */
export async function setCheckMinimum(
	hub: HubContext,
	{ actor, windowId }: Principal,
	city: CityCode,
	{ commandId, version, minimum }: z.output<typeof checkMinimumBody>,
): Promise<CheckMinimumOfCity> {
	assertMay(may.setCheckMinimum(actor, city));
	const { staffId, role, counterId } = actor;
	await timeline(hub).append({
		subject: `city:${city}`,
		commandId,
		content: { minimum, by: staffId },
		reads: [checkMinimumProjection],
		decide: (view) => {
			const state = view.state(checkMinimumProjection);
			if ((state?.version ?? 0) !== version) throw new AppError('staleVersion');
			if (isDeepStrictEqual(state?.minimum, minimum)) return [];
			return [
				{
					type: 'city.checkMinimum',
					data: minimum,
					actor: { kind: 'staff', staffId, role, cityCode: city, counterId, windowId, duty: null },
				},
			];
		},
	});
	return showCheckMinimum(hub, city);
}
