import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { FitnessOfStaff } from '@counter-hub/shared/fitness/fitness.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { getStaff } from '../people/getStaff.ts';
import { currentUndertaking } from '../undertakings/undertakingVersions.ts';
import { askedOf } from './askedOf.ts';
import { heldBy } from './heldBy.ts';
import { standing } from './standing.ts';

/**
 * How a person stands today, with everything acknowledged so far, for himself and those who look after him.
 * @throws AppError `notFound`, `notAllowed`
 */
export async function readFitness(
	hub: HubContext,
	{ actor }: Principal,
	staffId: string,
): Promise<FitnessOfStaff> {
	const person = await getStaff(hub, staffId);
	assertMay(may.readFitness(actor, { staffId, cities: person.cities }));
	const [held, asked, currentVersion] = await Promise.all([
		heldBy(hub, staffId),
		askedOf(hub, person),
		currentUndertaking(hub),
	]);
	const date = shanghaiDate(hub.now());
	return { date, currentVersion, person: standing(person, held, asked, date) };
}
