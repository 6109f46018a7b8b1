import type { Feature } from '../../HubContext.ts';
import { roomKinds } from '../rooms/RoomKind.ts';
import { timeline } from '../timeline/timeline.ts';
import { sessionModel } from './Session.model.ts';
import { sweepDeadlines } from './deadlines.ts';
import { cutMedia } from './cutMedia.ts';
import { releaseStale } from './engageFree.ts';
import { callRoom } from './callRoom.ts';
import { sessionsProjection } from './sessionProjections.ts';
import { sessionRoutes } from './session.routes.ts';
import { sessionSockets } from './session.sockets.ts';
import { tellSessions } from './tellSessions.ts';

/** Video sessions between two counters (V1–V3, V10): commands, ringing, deadlines, and what the media nodes report. */
export const sessions: Feature = {
	name: 'sessions',
	register(hub) {
		sessionModel(hub.connection);
		timeline(hub).register(sessionsProjection);
		sessionRoutes(hub);
		sessionSockets(hub);
		tellSessions(hub);
		sweepDeadlines(hub);
		releaseStale(hub);
		cutMedia(hub);
		roomKinds(hub).register(callRoom(hub));
	},
};
