import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { Handover, Shift } from '@counter-hub/shared/shifts/Shift.ts';
import type { OfferHandoverBody } from '@counter-hub/shared/shifts/shifts.ts';
import type { Thing } from '@counter-hub/shared/shifts/shiftTerms.ts';
import type { HubContext } from '../../HubContext.ts';
import type { Principal } from '../auth/Principal.ts';
import { staffActor } from '../people/staffActor.ts';
import { membersOf } from '../rota/members.ts';
import { getShift, moveShift } from './moveShift.ts';
import { ownShiftOf } from './shiftCommands.ts';
import { thingsOf } from './thingsOf.ts';

/**
 * Offers what there is to a colleague of the counter, who confirms each thing (S4.4c). Of cases and calls only what the
 * person really has; seals and documents are named by the person. The command's id is the handover's.
 * @throws AppError `unknownShift`, `shiftOtherState`, `handoverOpen`, `notReceiver`, `nothingToHandOver`, `commandReused`
 */
export async function offerHandover(
	hub: HubContext,
	principal: Principal,
	shiftId: string,
	{ commandId, ...asked }: OfferHandoverBody,
): Promise<void> {
	const { shift, by: actor } = await ownShiftOf(hub, principal, shiftId);
	const [members, own] = await Promise.all([
		membersOf(hub, shift.counterId),
		thingsOf(hub, shift.staffId, shift.counterId),
	]);
	const isReceiver = members.some(({ _id }) => _id === asked.to) && asked.to !== shift.staffId;
	const named = (kind: 'seal' | 'document', texts: readonly string[]): Thing[] =>
		texts.map((text, index) => ({ key: `${kind}:${index + 1}`, kind, text }));
	const things: Thing[] = [
		...own.filter(
			(one) =>
				(one.kind === 'case' && asked.cases.includes(one.caseId)) ||
				(one.kind === 'session' && asked.sessions.includes(one.sessionId)),
		),
		...named('seal', asked.seals),
		...named('document', asked.documents),
	];
	await moveShift(hub, {
		shiftId,
		commandId,
		content: { offer: asked },
		actor,
		decide: ({ state, handover }) => {
			if (state === 'closed') throw new AppError('shiftOtherState');
			if (handover?.state === 'offered') throw new AppError('handoverOpen');
			if (!isReceiver) throw new AppError('notReceiver');
			if (things.length === 0) throw new AppError('nothingToHandOver');
			return { type: 'shift.handoverOffered', data: { handoverId: commandId, to: asked.to, things } };
		},
	});
}

/** @throws AppError `unknownShift`, `unknownHandover`, `commandReused` */
export async function withdrawHandover(
	hub: HubContext,
	principal: Principal,
	shiftId: string,
	commandId: string,
): Promise<void> {
	const { by: actor } = await ownShiftOf(hub, principal, shiftId);
	await moveShift(hub, {
		shiftId,
		commandId,
		content: { withdraw: shiftId },
		actor,
		decide: (shift) => ({ type: 'shift.handoverWithdrawn', data: { handoverId: offered(shift).id } }),
	});
}

/**
 * The receiver has one of the things; with the last one the handover is done. Also after the giver has gone.
 * @throws AppError `unknownShift`, `unknownHandover`, `commandReused`
 */
export async function confirmThing(
	hub: HubContext,
	principal: Principal,
	shiftId: string,
	{ commandId, key }: { commandId: string; key: string },
): Promise<void> {
	const actor = await receiverOf(hub, principal, shiftId);
	await moveShift(hub, {
		shiftId,
		commandId,
		content: { confirm: key, by: principal.actor.staffId },
		actor,
		decide: (shift) => {
			const handover = offeredTo(shift, principal.actor.staffId);
			if (!handover.things.some((one) => one.key === key)) throw new AppError('unknownHandover');
			if (handover.confirmed.includes(key)) return null;
			return { type: 'shift.thingConfirmed', data: { handoverId: handover.id, key } };
		},
	});
}

/** @throws AppError `unknownShift`, `unknownHandover`, `commandReused` */
export async function declineHandover(
	hub: HubContext,
	principal: Principal,
	shiftId: string,
	{ commandId, reason }: { commandId: string; reason: string },
): Promise<void> {
	const actor = await receiverOf(hub, principal, shiftId);
	await moveShift(hub, {
		shiftId,
		commandId,
		content: { decline: reason, by: principal.actor.staffId },
		actor,
		decide: (shift) => {
			const { id: handoverId } = offeredTo(shift, principal.actor.staffId);
			return { type: 'shift.handoverDeclined', data: { handoverId, reason } };
		},
	});
}

/** A shift that nobody was offered anything from is none of anybody's business. */
async function receiverOf(hub: HubContext, { actor, windowId }: Principal, shiftId: string) {
	const { handover, cityCode } = await getShift(hub, shiftId);
	if (handover?.to !== actor.staffId) throw new AppError('unknownShift');
	return staffActor({ actor, windowId }, [cityCode]);
}

function offered({ handover }: Shift): Handover {
	if (handover?.state !== 'offered') throw new AppError('unknownHandover');
	return handover;
}

function offeredTo(shift: Shift, staffId: string): Handover {
	const handover = offered(shift);
	if (handover.to !== staffId) throw new AppError('unknownHandover');
	return handover;
}
