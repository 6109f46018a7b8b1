import { worksOn, type CaseSides } from '../cases/policy.ts';
import type { Actor } from '../people/Actor.ts';

/** Whoever works on a case takes and opens its stills; a supervisor of its cities opens them and strikes them out. */
export const stillPolicy = {
	takeStill: worksOn,
	strikeStill: (actor: Actor, c: CaseSides) =>
		actor.role === 'supervisor' &&
		(actor.cities.includes(c.originCity) || actor.cities.includes(c.permitCity)),
} as const;
