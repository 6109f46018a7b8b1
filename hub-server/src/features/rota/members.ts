import { trusted } from 'mongoose';
import { ROTA_LIMITS } from '@counter-hub/shared/rota/rota.ts';
import type { HubContext } from '../../HubContext.ts';
import { staffModel, type StaffRecord } from '../people/Staff.model.ts';

/** Whoever may be on the rota of a counter: its clerks and approvers who are not disabled, by their sign-in names. */
export function membersOf(
	hub: HubContext,
	counterId: string,
): Promise<Pick<StaffRecord, '_id' | 'displayName' | 'role'>[]> {
	return staffModel(hub.connection)
		.find(
			{ counterId, disabled: false, role: trusted({ $in: ['clerk', 'approver'] }) },
			{ displayName: 1, role: 1 },
		)
		.sort({ name: 1 })
		.limit(ROTA_LIMITS.people)
		.lean();
}
