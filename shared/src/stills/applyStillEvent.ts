import type { EventView } from '../timeline/eventView.ts';
import { stillEvents } from './events.ts';
import type { Still } from './stills.ts';

/** The stills of a case in the order in which they were taken. */
export type Stills = readonly Still[];

/** Folds one event into the stills of its case, in hub and page alike. Pure; the same object where nothing changes. */
export function applyStillEvent(
	stills: Stills,
	{
		type,
		data,
		at,
		about,
	}: Pick<EventView, 'type' | 'data' | 'at'> & { about?: EventView['about'] | undefined },
): Stills {
	if (type === 'still.taken') {
		const content = stillEvents[type].parse(data);
		if (stills.some(({ stillId }) => stillId === content.stillId)) return stills;
		return [...stills, { ...content, takenAt: at, sessionId: about?.sessionId ?? null, struck: null }];
	}
	if (type === 'still.struck') {
		const { stillId, reason } = stillEvents[type].parse(data);
		return stills.map((one) => (one.stillId === stillId ? { ...one, struck: { reason, at } } : one));
	}
	return stills;
}
