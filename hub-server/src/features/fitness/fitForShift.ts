import type { Fitness } from '@counter-hub/shared/fitness/fitness.ts';
import { lacksOf } from '@counter-hub/shared/fitness/lacksOf.ts';
import type { HubContext } from '../../HubContext.ts';
import { getStaff } from '../people/getStaff.ts';
import { askedOf } from './askedOf.ts';
import { heldBy } from './heldBy.ts';

/**
 * Whether a person may open a shift on a day in Shanghai (`2026-11-23`), by everything acknowledged so far: a valid
 * record of each kind that his city asks for, and the version of the undertaking that is in force now, signed (S4.3).
 * Of whoever serves at no counter nothing is asked; who opens shifts at all is the shift's own rule.
 * @throws AppError `notFound`
 */
export async function fitForShift(hub: HubContext, staffId: string, date: string): Promise<Fitness> {
	const person = await getStaff(hub, staffId);
	const [held, asked] = await Promise.all([heldBy(hub, staffId), askedOf(hub, person)]);
	const lacks = lacksOf(held, asked, date);
	return { fit: lacks.length === 0, lacks };
}
