import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { LIMITS } from '@counter-hub/shared/limits/limits.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import type { Feature, HubContext } from '../../HubContext.ts';
import { hubSockets, type HubSocket } from '../../hubSockets.ts';
import { pick } from '../../platform/socket/RequestRouter.ts';
import { liveSockets } from '../auth/LiveSockets.ts';
import { places } from '../counters/Places.ts';
import { engagementModel } from './Engagement.model.ts';
import { leases } from './leases.ts';
import { presenceModel } from './Presence.model.ts';
import { presenceBoard } from './PresenceBoard.ts';
import { PRESENCE_ROOM } from './presenceRoom.ts';

/** Who is at the counters (S7.1, V1 in part): leases of open pages, renewed by the page, told to everybody. */
export const presence: Feature = {
	name: 'presence',
	register(hub) {
		presenceBoard(hub);
		presenceModel(hub.connection);
		engagementModel(hub.connection);
		const sockets = hubSockets(hub);
		sockets.namespace.on('connection', (socket) => {
			void welcome(hub, socket).catch((error: unknown) => {
				hub.logger.warn({ err: error }, 'presence of a page could not be noted');
			});
			socket.on('disconnect', () => {
				void farewell(hub, socket).catch((error: unknown) => {
					hub.logger.warn({ err: error }, 'a page that left stays present until its lease ends');
				});
			});
		});
		sockets.handle(pick(hubRequests, 'presence:renew'), {
			'presence:renew': async ({ windowId }, socket) => {
				const window = await places(hub).window(socket.data.actor.counterId, windowId);
				if (windowId !== null && !window) throw new AppError('unknownWindow');
				const moved = socket.data.windowId !== windowId;
				socket.data.windowId = windowId;
				if ((await lease(hub, socket)) && moved) presenceBoard(hub).touch();
				return {};
			},
		});
		liveSockets(hub).onRightsChanged((socket) => {
			void moved(hub, socket).catch((error: unknown) => {
				hub.logger.warn(
					{ err: error },
					'presence of a page whose person has another post could not be changed',
				);
			});
		});
		hub.sweeper.every(LIMITS.presenceRenewMs, 'expired presence', () => {
			presenceBoard(hub).look();
			return Promise.resolve();
		});
	},
};

async function welcome(hub: HubContext, socket: HubSocket): Promise<void> {
	if (!may.seePresence(socket.data.actor)) return;
	await socket.join(PRESENCE_ROOM);
	if (await lease(hub, socket)) presenceBoard(hub).touch();
	presenceBoard(hub).greet(socket.id);
}

/** Another post: the page is not at the counter of before any more, and may not see who is where. */
async function moved(hub: HubContext, socket: HubSocket): Promise<void> {
	await socket.leave(PRESENCE_ROOM);
	await presenceModel(hub.connection).deleteOne({ _id: socket.data.pageId, socketId: socket.id });
	presenceBoard(hub).touch();
	await welcome(hub, socket);
}

/** Returns whether the page is one of a clerk or approver, and present now. */
async function lease(hub: HubContext, socket: HubSocket): Promise<boolean> {
	const { actor, pageId, windowId } = socket.data;
	const isHere = () => socket.connected;
	if ((actor.role !== 'clerk' && actor.role !== 'approver') || actor.counterId === null || !isHere())
		return false;
	const now = hub.now();
	await leases(hub).add({
		_id: pageId,
		socketId: socket.id,
		staffId: actor.staffId,
		role: actor.role,
		counterId: actor.counterId,
		windowId,
		since: new Date(now),
		expiresAt: new Date(now + LIMITS.presenceLeaseMs),
	});
	// Its farewell may have come before the lease was written.
	if (!isHere()) await farewell(hub, socket);
	return isHere();
}

async function farewell(hub: HubContext, socket: HubSocket): Promise<void> {
	if (hub.shutdown.isStopping) return;
	await presenceModel(hub.connection).deleteOne({ _id: socket.data.pageId, socketId: socket.id });
	presenceBoard(hub).touch();
}
