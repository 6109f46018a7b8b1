import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets, type HubSocket } from '../../hubSockets.ts';
import { TIMELINE_PAGE_MAX } from '../../limits.ts';
import { pick } from '../../platform/socket/RequestRouter.ts';
import { liveSockets } from '../auth/LiveSockets.ts';
import { assertMay } from '../auth/Principal.ts';
import { announceHeads } from '../timeline/announceHeads.ts';
import { timeline } from '../timeline/timeline.ts';
import { idOf } from '../timeline/types.ts';
import { caseRoom, watchedCases } from './caseRoom.ts';
import { CaseWatches } from './CaseWatches.ts';
import { getCase, getReadableCase } from './getCase.ts';
import { presentEvents } from './presentEvents.ts';

/** The live view of cases. */
export function caseSockets(hub: HubContext): void {
	const router = hubSockets(hub);
	const watches = new CaseWatches();

	router.handle(pick(hubRequests, 'case:watch', 'case:unwatch'), {
		'case:watch': async ({ caseId, head }, socket) => {
			const wish = watches.want(socket, caseId);
			try {
				const found = await getReadableCase(hub, socket.data, caseId);
				// The person's post may have changed while the case was read.
				assertMay(may.readCase(socket.data.actor, found));
				// First into the room, then read: an event in between comes twice rather than never.
				await watches.join(socket, caseId);
				const page = await timeline(hub).page(found.subject, { after: head, limit: TIMELINE_PAGE_MAX });
				return { events: await presentEvents(hub, page.events), head: page.head, more: page.more };
			} catch (error) {
				await watches.withdraw(socket, caseId, wish);
				throw error;
			}
		},
		'case:unwatch': async ({ caseId }, socket) => {
			await watches.leave(socket, caseId);
			return {};
		},
	});

	liveSockets(hub).onRightsChanged((socket) => {
		for (const id of watches.of(socket)) {
			void endUnlessReadable(hub, watches, socket, id);
		}
	});

	const watched = () => watchedCases(router.namespace.adapter.rooms.keys());
	hub.metrics.gauge('hub_watched_cases', 'Cases that pages watch', () => watched().length);
	announceHeads(
		hub,
		'heads of watched cases',
		() => watched().map(subjectOfCase),
		(subject, seq) => {
			const caseId = idOf(subject);
			router.namespace.local.to(caseRoom(caseId)).emit('timeline:heads', { heads: { [caseId]: seq } });
		},
	);
}

async function endUnlessReadable(
	hub: HubContext,
	watches: CaseWatches,
	socket: HubSocket,
	id: string,
): Promise<void> {
	try {
		if (may.readCase(socket.data.actor, await getCase(hub, id))) return;
	} catch (error) {
		hub.logger.warn({ err: error }, 'rights to a watched case could not be checked; the view is ended');
	}
	await watches.leave(socket, id);
	socket.emit('case:watchEnded', { caseId: id });
}
