import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets, roomOf } from '../../hubSockets.ts';
import { timeline } from '../timeline/timeline.ts';
import { idOf, type TimelineEvent } from '../timeline/types.ts';
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
 * After the acknowledgement: sends a case's events to those who watch it, and word of its new state to both counters.
 * One batch after the other, so that events keep their order. Whoever misses one finds the gap by its number.
 */
export function tellCases(hub: HubContext): void {
	const { namespace } = hubSockets(hub);
	let previous = Promise.resolve();
	let previousChange = Promise.resolve();

	/** Once the lists hold it: whoever is told reads them again. */
	async function tellChanged(caseIds: ReadonlySet<string>): Promise<void> {
		await timeline(hub).flushProjections([...caseIds].map(subjectOfCase));
		for (const caseId of caseIds) {
			const { state, originCounterId, permitCounterId } = await getCase(hub, caseId);
			namespace
				.to([roomOf.counter(originCounterId), roomOf.counter(permitCounterId)])
				.emit('case:changed', { caseId, state });
		}
	}

	const failed = (error: unknown) => {
		hub.logger.warn({ err: error }, 'events could not be told; clients find them by the heads');
	};
	const stop = timeline(hub).onAppended('case', (events) => {
		previous = previous.then(() => tellWatchers(hub, events)).catch(failed);
		const changed = new Set(
			events.filter(({ type }) => CHANGING.has(type)).map(({ subject }) => idOf(subject)),
		);
		if (changed.size > 0) previousChange = previousChange.then(() => tellChanged(changed)).catch(failed);
	});
	hub.shutdown.add('connections', 'news of cases', async () => {
		stop();
		await Promise.all([previous, previousChange]);
	});
}

/** Sends events to whoever watches their cases, a case's events in one notice. */
export async function tellWatchers(hub: HubContext, events: readonly TimelineEvent[]): Promise<void> {
	const { namespace } = hubSockets(hub);
	const watched = events.filter(({ subject }) => namespace.adapter.rooms.has(subject));
	for (const [subject, own] of Map.groupBy(await presentEvents(hub, watched), (event) => event.subject)) {
		namespace.to(subject).emit('timeline:events', { caseId: idOf(subject), events: own });
	}
}
