import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { Shift } from '@counter-hub/shared/shifts/Shift.ts';
import type { CloseShiftBody, PauseShiftBody } from '@counter-hub/shared/shifts/shifts.ts';
import type { HubContext } from '../../HubContext.ts';
import type { Principal } from '../auth/Principal.ts';
import { staffActor } from '../people/staffActor.ts';
import { engagementOf } from '../presence/engagements.ts';
import { getShift, moveShift } from './moveShift.ts';
import { thingsOf } from './thingsOf.ts';

/** The own shift. @throws AppError `unknownShift`, for that of somebody else too */
export async function ownShiftOf(
	hub: HubContext,
	{ actor, windowId }: Principal,
	shiftId: string,
): Promise<{ shift: Shift; by: ReturnType<typeof staffActor> }> {
	const shift = await getShift(hub, shiftId);
	if (shift.staffId !== actor.staffId) throw new AppError('unknownShift');
	return { shift, by: staffActor({ actor, windowId }, [shift.cityCode]) };
}

/** Not rung until it goes on. @throws AppError `unknownShift`, `shiftOtherState`, `commandReused` */
export async function pauseShift(
	hub: HubContext,
	principal: Principal,
	shiftId: string,
	{ commandId, reason, note }: PauseShiftBody,
): Promise<void> {
	const { by: actor } = await ownShiftOf(hub, principal, shiftId);
	await moveShift(hub, {
		shiftId,
		commandId,
		content: { pause: reason, note },
		actor,
		decide: ({ state }) => {
			if (state !== 'open') throw new AppError('shiftOtherState');
			return { type: 'shift.paused', data: { reason, note } };
		},
	});
}

/** @throws AppError `unknownShift`, `shiftOtherState`, `commandReused` */
export async function resumeShift(
	hub: HubContext,
	principal: Principal,
	shiftId: string,
	commandId: string,
): Promise<void> {
	const { by: actor } = await ownShiftOf(hub, principal, shiftId);
	await moveShift(hub, {
		shiftId,
		commandId,
		content: { resume: shiftId },
		actor,
		decide: ({ state }) => {
			if (state !== 'paused') throw new AppError('shiftOtherState');
			return { type: 'shift.resumed', data: {} };
		},
	});
}

/**
 * Ends it. What there is to hand over was confirmed by somebody in this shift, or it is said why not (S4.4c).
 * @throws AppError `unknownShift`, `shiftOtherState`, `shiftBusy`, `handoverMissing`, `commandReused`
 */
export async function closeShift(
	hub: HubContext,
	principal: Principal,
	shiftId: string,
	{ commandId, unhanded }: CloseShiftBody,
): Promise<void> {
	const { by: actor, shift: before } = await ownShiftOf(hub, principal, shiftId);
	const [engaged, things] = await Promise.all([
		engagementOf(hub, before.staffId),
		thingsOf(hub, before.staffId, before.counterId),
	]);
	await moveShift(hub, {
		shiftId,
		commandId,
		content: { close: shiftId, unhanded },
		actor,
		decide: ({ state, handover }) => {
			if (state === 'closed') throw new AppError('shiftOtherState');
			if (engaged) throw new AppError('shiftBusy');
			const isHanded = handover?.state === 'done' || (things.length === 0 && handover?.state !== 'offered');
			if (!isHanded && unhanded === null) throw new AppError('handoverMissing');
			return { type: 'shift.closed', data: { unhanded: isHanded ? null : unhanded } };
		},
	});
}
