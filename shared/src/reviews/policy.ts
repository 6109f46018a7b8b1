import type { CityCode } from '../cities/cities.ts';
import { worksOn, type CaseSides } from '../cases/policy.ts';
import { serves, type Actor } from '../people/Actor.ts';

export const reviewPolicy = {
	/** Both sides say which paper lies there, and how many. */
	layPaper: worksOn,
	/** The permit side 办理地 judges. */
	markMaterial: (actor: Actor, { permitCounterId }: Pick<CaseSides, 'permitCounterId'>) =>
		serves(actor) && actor.counterId === permitCounterId,
	setReviews: (actor: Actor, city: CityCode) => actor.role === 'administrator' && actor.cities.includes(city),
} as const;
