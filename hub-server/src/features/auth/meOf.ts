import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { Me } from '@counter-hub/shared/people/people.ts';
import type { HubContext } from '../../HubContext.ts';
import { places } from '../counters/Places.ts';
import { staffModel, staffViewOf } from '../people/Staff.model.ts';
import type { Principal } from './Principal.ts';

/** The signed-in person with counter and window. */
export async function meOf(hub: HubContext, { actor, signInId, windowId }: Principal): Promise<Me> {
	const staff = await staffModel(hub.connection).findById(actor.staffId).lean();
	if (!staff) throw new AppError('notSignedIn');
	const counter = actor.counterId === null ? undefined : await places(hub).counter(actor.counterId);
	return {
		staff: staffViewOf(staff),
		counter: counter ?? null,
		signInId,
		window: counter?.windows.find(({ id }) => id === windowId) ?? null,
		serverTime: new Date(hub.now()).toISOString(),
	};
}
