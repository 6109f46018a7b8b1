import { trusted } from 'mongoose';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { Shift } from '@counter-hub/shared/shifts/Shift.ts';
import type { HubContext } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { currentShifts, shiftModel, shiftsProjection, type ShiftDocument } from './shiftProjections.ts';

/** Shifts at a counter that are open or paused, as lists show them, in the order of opening. */
export function shiftsNow(hub: HubContext, counterId: string): Promise<ShiftDocument[]> {
	return shiftModel(hub.connection).find({ counterId, closedAt: null }).sort({ openedAt: 1 }).lean();
}

/** How the shifts of people stand that are not over, by `<staffId>@<counterId>`. */
export async function shiftsOf(
	hub: HubContext,
	staffIds: readonly string[],
): Promise<Map<string, Shift['state']>> {
	const found = await shiftModel(hub.connection)
		.find(
			{ staffId: trusted({ $in: [...staffIds] }), closedAt: null },
			{ staffId: 1, counterId: 1, state: 1 },
		)
		.lean();
	return new Map(found.map(({ staffId, counterId, state }) => [`${staffId}@${counterId}`, state]));
}

/** The shift of a person that is open or paused, with everything acknowledged. */
export async function currentShift(
	hub: HubContext,
	staffId: string,
): Promise<(Shift & { id: string }) | undefined> {
	const id = (await timeline(hub).state(currentShifts, staffId))?.currentId;
	const shift = id === undefined || id === null ? undefined : await timeline(hub).state(shiftsProjection, id);
	return shift && id ? { ...shift, id } : undefined;
}

/** Calls are answered by whoever has an open shift at the counter (S4.3, L6). @throws AppError `shiftNotOpen` */
export async function requireOnShift(hub: HubContext, staffId: string, counterId: string): Promise<void> {
	const shift = await currentShift(hub, staffId);
	if (shift?.state !== 'open' || shift.counterId !== counterId) throw new AppError('shiftNotOpen');
}
