import type { CityCode } from '../cities/cities.ts';
import type { Actor } from '../people/Actor.ts';

/** Who is on duty is for everybody who is signed in; the rota of a week is for the people of its city. */
export const rotaPolicy = {
	/** An administrator or a supervisor of the city plans. */
	planRota: (actor: Actor, city: CityCode) =>
		(actor.role === 'administrator' || actor.role === 'supervisor') && actor.cities.includes(city),
	/** The others of the city read what was published. */
	readRota: (actor: Actor, city: CityCode) => actor.cities.includes(city),
} as const;
