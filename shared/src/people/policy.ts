import type { CityCode } from '../cities/cities.ts';
import type { Actor } from './Actor.ts';

/** People and places are managed by the administrators of their cities. */
export const peoplePolicy = {
	/** Whether there is anything that this person manages; which, the other two say. */
	manageAny: (actor: Actor) => actor.role === 'administrator',
	manage: (actor: Actor, city: CityCode) => actor.role === 'administrator' && actor.cities.includes(city),
	manageAll: (actor: Actor, cities: readonly CityCode[]) =>
		actor.role === 'administrator' && cities.every((city) => actor.cities.includes(city)),
} as const;
