import type { HubContext } from '../../HubContext.ts';
import { hubSockets, roomOf } from '../../hubSockets.ts';
import { timeline } from '../timeline/timeline.ts';
import { idOf, type TimelineEvent } from '../timeline/types.ts';
import { caseRoom } from './caseRoom.ts';
import { shownState } from './caseProjection.ts';
import { getCase } from './getCase.ts';
import { presentEvents } from './presentEvents.ts';

/** Events that may change a case's state, as lists show it. */
const CHANGING: ReadonlySet<TimelineEvent['type']> = new Set([
	'case.opened',
	'session.answered',
	'session.concluded',
	'session.ended',
	'session.abandoned',
]);

/**
 * What any hub appended: sends a case's events to those of this hub's pages who watch it, and word of its new state to
 * both counters. Whoever misses one finds the gap by its number.
 */
export function tellCases(hub: HubContext): void {
	timeline(hub).live({
		name: 'watchers of cases',
		kind: 'case',
		onEvents: (events) => tellWatchers(hub, events),
	});
	timeline(hub).live({
		name: 'lists of cases',
		kind: 'case',
		onEvents: (events) => tellChanged(hub, events),
	});
}

/** Once the lists hold it: whoever is told reads them again. */
async function tellChanged(hub: HubContext, events: readonly TimelineEvent[]): Promise<void> {
	const changing = events.filter(({ type }) => CHANGING.has(type));
	if (changing.length === 0) return;
	await timeline(hub).projected(changing);
	for (const caseId of new Set(changing.map(({ subject }) => idOf(subject)))) {
		const found = await getCase(hub, caseId);
		const { originCounterId, permitCounterId } = found;
		hubSockets(hub)
			.namespace.local.to([roomOf.counter(originCounterId), roomOf.counter(permitCounterId)])
			.emit('case:changed', { caseId, state: shownState(found) });
	}
}

/** Sends events to whoever watches their cases, a case's events in one notice. */
export async function tellWatchers(hub: HubContext, events: readonly TimelineEvent[]): Promise<void> {
	const { namespace } = hubSockets(hub);
	const roomOfEvent = (subject: string) => caseRoom(idOf(subject));
	const watched = events.filter(({ subject }) => namespace.adapter.rooms.has(roomOfEvent(subject)));
	for (const [subject, own] of Map.groupBy(await presentEvents(hub, watched), (event) => event.subject)) {
		namespace.local.to(roomOfEvent(subject)).emit('timeline:events', { caseId: idOf(subject), events: own });
	}
}
