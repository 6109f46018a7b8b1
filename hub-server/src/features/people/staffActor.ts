import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { Principal } from '../auth/Principal.ts';

/**
 * The person as the actor of an event that belongs to no case, from which counter and window. The first of the cities
 * that it concerns stands for the place.
 */
export function staffActor(
	{ actor, windowId }: Pick<Principal, 'actor' | 'windowId'>,
	[cityCode]: readonly CityCode[],
): EventActor {
	if (cityCode === undefined) return { kind: 'system', by: 'hub' };
	const { staffId, role, counterId } = actor;
	return { kind: 'staff', staffId, role, cityCode, counterId, windowId, duty: null };
}
