import type { SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets, roomOf } from '../../hubSockets.ts';
import { trusted } from 'mongoose';
import { staffNames } from '../people/StaffNames.ts';
import { engagementModel } from '../presence/Engagement.model.ts';
import { livePresences } from '../presence/PresenceBoard.ts';
import { admit } from './admissions.ts';
import type { SessionRecord } from './sessionProjections.ts';

/** V1: rings for every signed-in, free clerk or approver of the called counter, with an admission to the lobby each. */
export async function ring(hub: HubContext, session: SessionRecord, view: SessionView): Promise<void> {
	const present = await livePresences(hub, session.toCounterId);
	const staffIds = [...new Set(present.map(({ staffId }) => staffId))];
	const busy = await engagementModel(hub.connection)
		.find({ _id: trusted({ $in: staffIds }) }, { _id: 1 })
		.lean();
	const free = staffIds.filter((staffId) => !busy.some(({ _id }) => _id === staffId));
	const names = await staffNames(hub).of(free);
	for (const staffId of free) {
		const admission = admit(hub, session, {
			staffId,
			displayName: names.get(staffId) ?? '',
			cityCode: session.toCity,
			duty: session.toDuty,
		});
		hubSockets(hub).namespace.to(roomOf.staff(staffId)).emit('session:ringing', { session: view, admission });
	}
}
