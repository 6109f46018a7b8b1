import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import type { HubContext } from '../../HubContext.ts';
import { places } from '../counters/Places.ts';
import { staffNames } from '../people/StaffNames.ts';
import type { TimelineEvent } from '../timeline/types.ts';

/** Events as clients get them: with the actor's name and place in words, which events themselves do not hold. */
export async function presentEvents(hub: HubContext, events: readonly TimelineEvent[]): Promise<EventView[]> {
	const [names, counters] = await Promise.all([
		staffNames(hub).of(events.flatMap(({ actor }) => (actor.kind === 'staff' ? [actor.staffId] : []))),
		places(hub).all(),
	]);
	const counterOf = new Map(counters.map((counter) => [counter.id, counter]));
	return events.map((event) => {
		const { actor } = event;
		const counter = actor.kind === 'staff' ? counterOf.get(actor.counterId ?? '') : undefined;
		const window =
			actor.kind === 'staff' ? counter?.windows.find(({ id }) => id === actor.windowId) : undefined;
		return {
			subject: event.subject,
			seq: event.seq,
			at: event.at.toISOString(),
			type: event.type,
			actor,
			actorName: actor.kind === 'staff' ? (names.get(actor.staffId) ?? null) : null,
			actorPlace: counter ? `${counter.name}${window ? ` · ${window.number}号窗口` : ''}` : null,
			commandId: event.commandId,
			about: event.about ?? {},
			machine: event.machine ?? null,
			version: event.version ?? null,
			data: event.data,
			hash: event.hash,
		};
	});
}
