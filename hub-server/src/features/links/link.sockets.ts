import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets, type HubSocket } from '../../hubSockets.ts';
import { pick } from '../../platform/socket/RequestRouter.ts';
import { assertMay } from '../auth/Principal.ts';
import { liveSockets } from '../auth/LiveSockets.ts';
import { isWindowChecked } from '../checks/windowChecks.ts';
import { places } from '../counters/Places.ts';
import { tasksOf } from './beginExchanges.ts';
import { heardInCall } from './heardInCall.ts';
import { wishLink } from './linkWishes.ts';
import { makeReady, takeBack } from './readyEnds.ts';
import { forsake, report } from './settleExchange.ts';
import { LINKS_ROOM } from './linkNews.ts';

/** What pages say of their part in the links between cities. */
export function linkSockets(hub: HubContext): void {
	const sockets = hubSockets(hub);
	const withdraw = async (socket: HubSocket) => {
		if (await takeBack(hub, socket)) await forsake(hub, socket.data.pageId);
	};
	/** A check that is no longer complete, and a new day, end what holds already. */
	const assertChecked = async (socket: HubSocket) => {
		const { windowId } = socket.data;
		if (windowId !== null && (await isWindowChecked(hub, windowId))) return;
		await withdraw(socket);
		throw new AppError('windowUnchecked');
	};
	sockets.handle(
		pick(
			hubRequests,
			'link:ready',
			'link:busy',
			'link:report',
			'link:heard',
			'link:again',
			'links:watch',
			'links:leave',
		),
		{
			'link:ready': async (_nothing, socket) => {
				assertMay(may.measureLinks(socket.data.actor));
				await assertChecked(socket);
				await makeReady(hub, socket);
				return { exchanges: await tasksOf(hub, socket.data.pageId) };
			},
			'link:busy': async (_nothing, socket) => {
				await withdraw(socket);
				return {};
			},
			'link:report': async ({ exchangeId, measured }, { data }) => {
				await report(hub, data, exchangeId, measured);
				return {};
			},
			'link:heard': async ({ sessionId, measured }, { data }) => {
				await heardInCall(hub, data, sessionId, measured);
				return {};
			},
			'link:again': async ({ cityCode }, { data: { actor } }) => {
				assertMay(may.measureLinks(actor) && actor.counterId !== null);
				const own = await places(hub).requireCounter(actor.counterId ?? '');
				if (own.cityCode === cityCode) throw new AppError('ownCity');
				await wishLink(hub, own.cityCode, cityCode);
				return {};
			},
			'links:watch': async (_nothing, socket) => {
				await socket.join(LINKS_ROOM);
				return {};
			},
			'links:leave': async (_nothing, socket) => {
				await socket.leave(LINKS_ROOM);
				return {};
			},
		},
	);
	const gone = (socket: HubSocket) => {
		if (hub.shutdown.isStopping) return;
		withdraw(socket).catch((error: unknown) => {
			hub.logger.warn({ err: error }, 'a page that left is measured until its lease ends');
		});
	};
	sockets.namespace.on('connection', (socket) => {
		socket.on('disconnect', () => gone(socket));
	});
	// Another post, another counter: the page says anew that it may be measured.
	liveSockets(hub).onRightsChanged(gone);
}
