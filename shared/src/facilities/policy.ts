import type { CityCode } from '../cities/cities.ts';
import type { Actor } from '../people/Actor.ts';
import { peoplePolicy } from '../people/policy.ts';

const looksOn = ({ role }: Actor) => role === 'administrator' || role === 'supervisor';

export const facilityPolicy = {
	/** Whether there are facilities that this person reads; which, the next one says. */
	readAnyFacilities: looksOn,
	readFacilities: (actor: Actor, city: CityCode) => looksOn(actor) && actor.cities.includes(city),
	recordFacilities: peoplePolicy.manage,
} as const;
