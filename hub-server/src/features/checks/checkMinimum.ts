import type { z } from 'zod';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { checkMinimumBody } from '@counter-hub/shared/checks/checks.ts';
import { checkEvents } from '@counter-hub/shared/checks/events.ts';
import { CHECK_MINIMUM, type CheckMinimum } from '@counter-hub/shared/checks/items.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection } from '../timeline/types.ts';

/** What cities ask of their devices; a city that has decided nothing has no document. */
export const checkMinimumProjection: Projection<CheckMinimum> = {
	name: 'check_minimum',
	subjectKind: 'city',
	by: 'subject',
	apply: (state, { type, data }) => (type === 'city.checkMinimum' ? checkEvents[type].parse(data) : state),
};

export async function readCheckMinimum(hub: HubContext, city: CityCode): Promise<CheckMinimum> {
	return (await timeline(hub).state(checkMinimumProjection, city)) ?? CHECK_MINIMUM;
}

/** An administrator of the city decides; it stands on the city's timeline. */
export async function setCheckMinimum(
	hub: HubContext,
	{ actor, windowId }: Principal,
	city: CityCode,
	{ commandId, minimum }: z.output<typeof checkMinimumBody>,
): Promise<CheckMinimum> {
	assertMay(may.setCheckMinimum(actor, city));
	const { staffId, role, counterId } = actor;
	await timeline(hub).append({
		subject: `city:${city}`,
		commandId,
		content: { minimum, by: staffId },
		decide: () => [
			{
				type: 'city.checkMinimum',
				data: minimum,
				actor: { kind: 'staff', staffId, role, cityCode: city, counterId, windowId, duty: null },
			},
		],
	});
	return readCheckMinimum(hub, city);
}
