import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { LIMITS } from '@counter-hub/shared/limits/limits.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets, roomOf, type HubSocket } from '../../hubSockets.ts';
import { TIMELINE_PAGE_MAX } from '../../limits.ts';
import { pick } from '../../platform/socket/RequestRouter.ts';
import { liveSockets } from '../auth/LiveSockets.ts';
import { assertMay } from '../auth/Principal.ts';
import { announceHeads } from '../timeline/announceHeads.ts';
import { timeline } from '../timeline/timeline.ts';
import { idOf } from '../timeline/types.ts';
import { getCase, getReadableCase } from './getCase.ts';
import { presentEvents } from './presentEvents.ts';

const PREFIX = roomOf.case('');
const watchedBy = (socket: HubSocket) =>
	[...socket.rooms].filter((room) => room.startsWith(PREFIX)).map((room) => room.slice(PREFIX.length));

/** The live view of cases. */
export function caseSockets(hub: HubContext): void {
	const router = hubSockets(hub);

	router.handle(pick(hubRequests, 'case:watch', 'case:unwatch'), {
		'case:watch': async ({ caseId, head }, socket) => {
			const found = await getReadableCase(hub, socket.data, caseId);
			const { subject } = found;
			// The person's post may have changed while the case was read.
			assertMay(may.readCase(socket.data.actor, found));
			const others = watchedBy(socket).filter((id) => id !== caseId);
			if (others.length >= LIMITS.watchedSubjects) {
				throw new AppError('queueFull', { detail: `At most ${LIMITS.watchedSubjects} cases may be watched` });
			}
			// First into the room, then read: an event in between comes twice rather than never.
			await socket.join(roomOf.case(caseId));
			const page = await timeline(hub).page(subject, { after: head, limit: TIMELINE_PAGE_MAX });
			return { events: await presentEvents(hub, page.events), head: page.head, more: page.more };
		},
		'case:unwatch': async ({ caseId }, socket) => {
			await socket.leave(roomOf.case(caseId));
			return {};
		},
	});

	liveSockets(hub).onRightsChanged((socket) => {
		for (const id of watchedBy(socket)) void leaveUnlessReadable(hub, socket, id);
	});

	announceHeads(
		hub,
		'heads of watched cases',
		() => [...router.namespace.adapter.rooms.keys()].filter((room) => room.startsWith(PREFIX)),
		(subject, seq) =>
			router.namespace.local.to(subject).emit('timeline:heads', { heads: { [idOf(subject)]: seq } }),
	);
}

async function leaveUnlessReadable(hub: HubContext, socket: HubSocket, id: string): Promise<void> {
	try {
		if (may.readCase(socket.data.actor, await getCase(hub, id))) return;
	} catch (error) {
		hub.logger.warn({ err: error }, 'rights to a watched case could not be checked; the view is ended');
	}
	await socket.leave(roomOf.case(id));
}
