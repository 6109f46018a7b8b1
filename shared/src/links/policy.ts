import type { CityCode } from '../cities/cities.ts';
import { serves, type Actor } from '../people/Actor.ts';

export const linkPolicy = {
	/** Those who sit at a window exchange pictures and sound. */
	measureLinks: (actor: Actor) => serves(actor) && actor.counterId !== null,
	setLinkLimits: (actor: Actor, city: CityCode) =>
		actor.role === 'administrator' && actor.cities.includes(city),
} as const;
