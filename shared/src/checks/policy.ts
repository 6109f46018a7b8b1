import type { CityCode } from '../cities/cities.ts';
import { serves, type Actor } from '../people/Actor.ts';

export const checkPolicy = {
	/** Whoever sits at a window of the counter. */
	checkWindow: (actor: Actor, counterId: string) => serves(actor) && actor.counterId === counterId,
	setCheckMinimum: (actor: Actor, city: CityCode) =>
		actor.role === 'administrator' && actor.cities.includes(city),
} as const;
