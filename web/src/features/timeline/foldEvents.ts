import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import type { FoldedEvents } from '#Feature.ts';

/** What the timeline shows in one place: an event, or what happened in one call, which opens. */
export type TimelineRow =
	| { readonly kind: 'event'; readonly key: string; readonly event: EventView }
	| { readonly kind: 'fold'; readonly key: string; readonly events: readonly EventView[] };

/**
 * Rows of events in any order: those that features fold lie together, one row for each call, where the first of them
 * stands. A single one stays what it is.
 */
export function foldEvents(events: readonly EventView[], folded: readonly FoldedEvents[]): TimelineRow[] {
	const types = new Set(folded.flatMap((one) => one.types));
	const keyOf = ({ type, about }: EventView) => (types.has(type) && about.sessionId) || null;
	const together = Map.groupBy(events, keyOf);
	const placed = new Set<string>();
	return events.flatMap((event): TimelineRow[] => {
		const sessionId = keyOf(event);
		const own = sessionId === null ? [] : (together.get(sessionId) ?? []);
		if (sessionId === null || own.length < 2) return [{ kind: 'event', key: `event:${event.seq}`, event }];
		if (placed.has(sessionId)) return [];
		placed.add(sessionId);
		return [{ kind: 'fold', key: `fold:${sessionId}`, events: own }];
	});
}
