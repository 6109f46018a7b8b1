import type { Actor } from '../people/Actor.ts';
import { looksAfter, type Person } from '../people/looksAfter.ts';

export const fitnessPolicy = {
	/** Each of them sees the people of his cities. */
	listFitness: (actor: Actor) => actor.role === 'administrator' || actor.role === 'supervisor',
	readFitness: (actor: Actor, person: Person) =>
		actor.staffId === person.staffId || looksAfter(actor, person),
} as const;
