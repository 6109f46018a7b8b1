import { trusted } from 'mongoose';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HandoverDraft, OwnShift } from '@counter-hub/shared/shifts/shifts.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { places } from '../counters/Places.ts';
import { fitForShift } from '../fitness/fitForShift.ts';
import { membersOf } from '../rota/members.ts';
import { checkResultOf } from './checkResultOf.ts';
import { currentShift, shiftsNow } from './onShift.ts';
import { counterOf } from './openShift.ts';
import { presentShifts, thingsInWords } from './presentShifts.ts';
import { ownShiftOf } from './shiftCommands.ts';
import { shiftModel, type ShiftDocument } from './shiftProjections.ts';
import { thingsOf } from './thingsOf.ts';

/** The own shift, what it would open on, and what waits for one's confirmation. @throws AppError `unknownWindow` */
export async function readOwnShift(
	hub: HubContext,
	{ actor }: Principal,
	windowId: string | undefined,
): Promise<OwnShift> {
	const { staffId, counterId } = actor;
	const own = counterId === null ? undefined : await places(hub).counter(counterId);
	assertMay(own !== undefined && may.openShift(actor, own.id));
	const date = shanghaiDate(hub.now());
	const [current, { lacks }, offers] = await Promise.all([
		currentShift(hub, staffId),
		fitForShift(hub, staffId, date),
		shiftModel(hub.connection)
			.find({ 'handover.to': staffId, 'handover.state': 'offered' })
			.sort({ openedAt: 1 })
			.lean(),
	]);
	const counter = windowId === undefined ? undefined : await counterOf(hub, counterId, windowId);
	const shown = current ?? (await lastOf(hub, staffId, date));
	const [views, check, offered] = await Promise.all([
		presentShifts(hub, shown ? [shown] : []),
		counter && windowId !== undefined
			? checkResultOf(hub, { windowId, cityCode: counter.cityCode, date })
			: null,
		Promise.all(offers.map((one) => inWords(hub, one))),
	]);
	return { shift: views[0] ?? null, lacks: [...lacks], check, offered };
}

async function lastOf(hub: HubContext, staffId: string, date: string) {
	const last = await shiftModel(hub.connection).findOne({ staffId, date }).sort({ openedAt: -1 }).lean();
	return last ? withId(last) : undefined;
}

async function inWords(hub: HubContext, document: ShiftDocument): Promise<OwnShift['offered'][number]> {
	const [[shift], things] = await Promise.all([
		presentShifts(hub, [withId(document)]),
		thingsInWords(hub, document.handover?.things ?? []),
	]);
	if (!shift) throw new RangeError('one shift in, one shift out');
	return { shift, things };
}

/** What there is to hand over and who could take it. @throws AppError `unknownShift` */
export async function readHandoverDraft(
	hub: HubContext,
	principal: Principal,
	shiftId: string,
): Promise<HandoverDraft> {
	const { shift } = await ownShiftOf(hub, principal, shiftId);
	const [things, members, now] = await Promise.all([
		thingsOf(hub, shift.staffId, shift.counterId),
		membersOf(hub, shift.counterId),
		shiftsNow(hub, shift.counterId),
	]);
	const receivers = members
		.filter(({ _id }) => _id !== shift.staffId)
		.map(({ _id, displayName }) => ({
			staffId: _id,
			displayName,
			onShift: now.some(({ staffId }) => staffId === _id),
		}));
	return {
		things: await thingsInWords(hub, things),
		receivers: receivers.toSorted((a, b) => Number(b.onShift) - Number(a.onShift)),
	};
}

/** Documents carry their id under another name. */
export const withId = (document: ShiftDocument) => ({ ...document, id: document._id });

/** Shifts of a set of people or counters that began on the days of a span, in the order of opening. */
export function shiftsBetween(
	hub: HubContext,
	{ from, to, counterIds, staffId }: { from: string; to: string; counterIds: string[]; staffId?: string },
): Promise<ShiftDocument[]> {
	return shiftModel(hub.connection)
		.find({
			counterId: trusted({ $in: counterIds }),
			date: trusted({ $gte: from, $lte: to }),
			...(staffId !== undefined && { staffId }),
		})
		.sort({ openedAt: 1 })
		.lean();
}
