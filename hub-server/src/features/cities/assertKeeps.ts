import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay } from '../auth/Principal.ts';
import { actorOf, staffModel } from '../people/Staff.model.ts';

/**
 * @throws AppError `notAllowed` unless the person looks after all cities. Where another one came since the request was
 * let in, the person has it by now: the post is read again.
 */
export async function assertKeeps(hub: HubContext, actor: Actor): Promise<void> {
	if (may.keepCities(actor)) return;
	const record = await staffModel(hub.connection).findById(actor.staffId).lean();
	assertMay(record !== null && !record.disabled && may.keepCities(actorOf(record)));
}
