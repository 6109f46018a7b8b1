import { trusted } from 'mongoose';
import { perHub } from '../../perHub.ts';
import type { RoomKind } from '../rooms/RoomKind.ts';
import { callRules } from './callRules.ts';
import { recordInCall } from './recordInCall.ts';
import { findSession } from './runSessionCommand.ts';
import { sessionModel } from './Session.model.ts';
import type { SessionRecord } from './sessionProjections.ts';

/** The room of a session. */
export const callRoom = perHub((hub): RoomKind<SessionRecord> => ({
	...callRules,
	name: 'call',
	find: (roomId) => findSession(hub, roomId),
	live: (nodeId) =>
		sessionModel(hub.connection)
			.find({ state: 'active', ...(nodeId !== undefined && { nodeId }) })
			.lean(),
	async over(roomIds) {
		const ended = await sessionModel(hub.connection)
			.find({ _id: trusted({ $in: roomIds }), state: 'ended' }, { outcome: 1 })
			.lean();
		return ended.map(({ _id, outcome }) => ({ roomId: _id, reason: outcome ?? 'ended' }));
	},
	record: (session, happening, source) => recordInCall(hub, session, happening, source),
}));
