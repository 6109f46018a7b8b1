import type { Actor } from '../people/Actor.ts';
import { peoplePolicy } from '../people/policy.ts';
import { CITIES } from './cities.ts';

export const cityPolicy = {
	/** The register is everybody's: whoever administers all cities keeps it. */
	keepCities: (actor: Actor) =>
		peoplePolicy.manageAll(
			actor,
			CITIES.map(({ code }) => code),
		),
} as const;
