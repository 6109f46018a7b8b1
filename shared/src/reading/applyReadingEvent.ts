import type { EventView } from '../timeline/eventView.ts';
import { readingEvents } from './events.ts';
import type { DecidedReading } from './decisions.ts';

/** The last decision on each still of a case. */
export type Readings = readonly DecidedReading[];

type ReadingEvent = Pick<EventView, 'type' | 'data' | 'at' | 'actor'> & {
	/** Looked up where it is shown. */
	actorName?: EventView['actorName'] | undefined;
};

/** Folds one event into the readings of its case, in hub and page alike. Pure; the same object where nothing changes. */
export function applyReadingEvent(
	readings: Readings,
	{ type, data, at, actor, actorName = null }: ReadingEvent,
): Readings {
	if (type !== 'reading.decided') return readings;
	const content = readingEvents[type].parse(data);
	const decided = { ...content, by: actor.kind === 'staff' ? actor.staffId : null, byName: actorName, at };
	return [...readings.filter(({ stillId }) => stillId !== decided.stillId), decided];
}
