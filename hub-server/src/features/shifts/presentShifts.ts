import { trusted } from 'mongoose';
import type { ShiftView, ThingInWords } from '@counter-hub/shared/shifts/shifts.ts';
import type { Shift } from '@counter-hub/shared/shifts/Shift.ts';
import type { Thing } from '@counter-hub/shared/shifts/shiftTerms.ts';
import { shift as shape } from '@counter-hub/shared/shifts/Shift.ts';
import type { HubContext } from '../../HubContext.ts';
import { caseModel } from '../cases/Case.model.ts';
import { staffNames } from '../people/StaffNames.ts';

/** Shifts with the names of those they concern. */
export async function presentShifts(
	hub: HubContext,
	shifts: readonly (Shift & { id: string })[],
): Promise<ShiftView[]> {
	const names = await staffNames(hub).of(
		shifts.flatMap(({ staffId, handover }) => [staffId, ...(handover ? [handover.to] : [])]),
	);
	return shifts.map((one) => ({
		...shape.parse(one),
		id: one.id,
		displayName: names.get(one.staffId) ?? '',
		receiverName: one.handover ? (names.get(one.handover.to) ?? '') : null,
	}));
}

/** Things with what people call them. */
export async function thingsInWords(hub: HubContext, things: readonly Thing[]): Promise<ThingInWords[]> {
	const ids = things.flatMap((one) => ('caseId' in one ? [one.caseId] : []));
	const cases = ids.length
		? await caseModel(hub.connection)
				.find({ _id: trusted({ $in: ids }) }, { caseNo: 1, enterpriseName: 1 })
				.lean()
		: [];
	const titles = new Map(
		cases.map(({ _id, caseNo, enterpriseName }) => [_id, `${caseNo} ${enterpriseName}`]),
	);
	return things.map((one) => ({
		thing: one,
		title: 'text' in one ? one.text : (titles.get(one.caseId) ?? ''),
	}));
}
