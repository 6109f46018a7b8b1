import type { CityCode } from '../cities/cities.ts';
import { serves, type Actor } from '../people/Actor.ts';

/** Between which counters a case is: what rights in it depend on. */
export interface CaseSides {
	originCity: CityCode;
	permitCity: CityCode;
	originCounterId: string;
	permitCounterId: string;
}

/** Whoever serves at one of the case's two counters works on it. */
export const worksOn = (actor: Actor, c: CaseSides): boolean =>
	serves(actor) &&
	actor.counterId !== null &&
	(actor.counterId === c.originCounterId || actor.counterId === c.permitCounterId);

/** Least privilege: an administrator reads no case; a supervisor reads his cities' cases. */
export const casePolicy = {
	openCase: (actor: Actor) => actor.role === 'clerk' && actor.counterId !== null,
	readCase: (actor: Actor, c: CaseSides) =>
		worksOn(actor, c) ||
		(actor.role === 'supervisor' &&
			(actor.cities.includes(c.originCity) || actor.cities.includes(c.permitCity))),
	unmask: worksOn,
	listCases: (actor: Actor) => actor.role !== 'administrator',
} as const;
