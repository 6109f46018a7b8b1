import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { DemoPerson } from '../staff.ts';

/** Somebody of the demo as the one who did something, at a window or at none. */
export function actorOf(
	{ id, role, cities: [city], counterId }: DemoPerson,
	windowId: string | null = null,
): EventActor {
	if (city === undefined) throw new RangeError('the person is of no city');
	return { kind: 'staff', staffId: id, role, cityCode: city, counterId, windowId, duty: null };
}
