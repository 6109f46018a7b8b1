import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import { staffModel, type StaffRecord } from './Staff.model.ts';

/** A person of the register, for whoever decides by the post what may be read. @throws AppError `notFound` */
export async function getStaff(hub: HubContext, id: string): Promise<StaffRecord> {
	const record = await staffModel(hub.connection).findById(id).lean();
	if (!record) throw new AppError('notFound');
	return record;
}
