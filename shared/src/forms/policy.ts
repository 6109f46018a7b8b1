import { worksOn, type CaseSides } from '../cases/policy.ts';
import type { Actor } from '../people/Actor.ts';

/**
 * The receiving side writes the form with the applicant, the permit side comments and never writes into it (V8). Whoever
 * reads the case reads the form, masked.
 */
export const formPolicy = {
	writeForm: (actor: Actor, c: CaseSides) => worksOn(actor, c) && actor.counterId === c.originCounterId,
	commentForm: (actor: Actor, c: CaseSides) => worksOn(actor, c) && actor.counterId === c.permitCounterId,
	solveFormComment: worksOn,
	unmaskForm: worksOn,
} as const;
