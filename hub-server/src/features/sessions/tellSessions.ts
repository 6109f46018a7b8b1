import type { HubContext } from '../../HubContext.ts';
import { hubSockets, roomOf } from '../../hubSockets.ts';
import { TIMELINE_MEMORY_SWEEP } from '../../limits.ts';
import { caseRoom } from '../cases/caseRoom.ts';
import { getCaseRef } from '../cases/caseRef.ts';
import { timeline } from '../timeline/timeline.ts';
import { ring } from './ringing.ts';
import { seenSessions } from './SeenSessions.ts';
import type { SessionRecord } from './sessionProjections.ts';
import { showSession } from './sessionViews.ts';

/**
 * Tells this hub's pages what became of sessions, whichever hub carried it out: those of both counters, those who watch
 * the case, and the people it rings for. All of it can be lost without harm: pages ask again when they connect.
 */
export function tellSessions(hub: HubContext): void {
	hub.sweeper.every(TIMELINE_MEMORY_SWEEP, 'memory of sessions at rest', () => {
		seenSessions(hub).forgetIdle();
		return Promise.resolve();
	});
	timeline(hub).live({
		name: 'pages of sessions',
		kind: 'case',
		onEvents: async (events) => {
			for (const session of await seenSessions(hub).follow(events)) await tell(hub, session);
		},
	});
}

async function tell(hub: HubContext, session: SessionRecord): Promise<void> {
	const ref = await getCaseRef(hub, session.caseId);
	const view = await showSession(hub, session, ref);
	hubSockets(hub)
		.namespace.local.to([
			roomOf.counter(ref.originCounterId),
			roomOf.counter(ref.permitCounterId),
			caseRoom(ref.caseId),
		])
		.emit('session:changed', { session: view });
	// A media node that is away for this hub is no reason to tell nobody of the rest; it is tried again in a second.
	if (session.state === 'ringing') await ring(hub, session, view).catch(() => undefined);
}
