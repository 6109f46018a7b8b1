import { cityPolicy } from '../cities/policy.ts';
import { serves, type Actor } from '../people/Actor.ts';
import { looksAfter, type Person } from '../people/looksAfter.ts';

export const undertakingPolicy = {
	/** Clerks and approvers sign, each for himself. */
	signUndertaking: (actor: Actor) => serves(actor),
	/** One text binds the people of all cities: whoever administers all of them publishes it. */
	publishUndertaking: cityPolicy.keepCities,
	readSignatures: (actor: Actor, person: Person) =>
		actor.staffId === person.staffId || looksAfter(actor, person),
} as const;
