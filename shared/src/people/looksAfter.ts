import type { CityCode } from '../cities/cities.ts';
import type { Actor } from './Actor.ts';

/** A person of the register about whom something is asked. */
export interface Person {
	staffId: string;
	cities: readonly CityCode[];
}

/** Whoever administers or supervises every city of a person. */
export const looksAfter = (actor: Actor, { cities }: Pick<Person, 'cities'>): boolean =>
	(actor.role === 'administrator' || actor.role === 'supervisor') &&
	cities.every((city) => actor.cities.includes(city));
