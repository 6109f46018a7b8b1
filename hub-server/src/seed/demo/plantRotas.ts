import type { CounterView } from '@counter-hub/shared/people/people.ts';
import type { SlotChange } from '@counter-hub/shared/rota/rota.ts';
import { slotsOf } from '@counter-hub/shared/rota/slots.ts';
import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import { weekAt } from '@counter-hub/shared/rota/week.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import { FIRST_CITIES } from '@counter-hub/shared/cities/firstCities.ts';
import { places } from '../../features/counters/Places.ts';
import { membersOf } from '../../features/rota/members.ts';
import { newWeek } from '../../features/rota/newWeek.ts';
import { subjectOfRota } from '../../features/rota/rotaPlace.ts';
import { timeline } from '../../features/timeline/timeline.ts';
import type { HubContext } from '../../HubContext.ts';
import { seededCounterId } from '../counters.ts';
import { stableId } from '../stableId.ts';

/**
 * Publishes a rota for the last week, this one and the next at each counter of the demo. A week that somebody has planned already, or
 * an earlier run has, stays as it is.
 */
export async function plantRotas(hub: HubContext): Promise<void> {
	const thisWeek = weekAt(hub.now());
	for (const { code } of FIRST_CITIES) {
		const counter = await places(hub).counter(seededCounterId(code));
		if (!counter) continue;
		const members = await membersOf(hub, counter.id);
		const pairs = inPairs(members.map(({ _id }) => _id));
		await plantWeek(hub, counter, addDays(thisWeek, -7), pairs);
		await plantWeek(hub, counter, thisWeek, pairs);
		const swapped = pairs.map(([a, b]): Pair => [b, a]);
		await plantWeek(hub, counter, addDays(thisWeek, 7), swapped);
	}
}

const actor: EventActor = { kind: 'system', by: 'hub' };

/** Posts A and B. */
type Pair = readonly [a: string, b: string];

/** As many windows serve as two people each can be found for. */
function inPairs(ids: readonly string[]): Pair[] {
	return ids.flatMap((a, index): Pair[] => {
		const b = ids[index + 1];
		return index % 2 === 0 && b !== undefined ? [[a, b]] : [];
	});
}

async function plantWeek(
	hub: HubContext,
	counter: CounterView,
	monday: string,
	pairs: readonly Pair[],
): Promise<void> {
	const { servedDays, servedWindows: open } = await newWeek(hub, counter, monday);
	const servedWindows = open.slice(0, pairs.length);
	if (servedWindows.length === 0) return;
	const slots = slotsOf(servedDays, servedWindows).map((one): SlotChange => {
		const [a, b] = pairs[servedWindows.indexOf(one.windowId)] ?? [null, null];
		return { ...one, staffId: one.post === 'a' ? a : b };
	});
	const drafts: readonly EventDraft[] = [
		{
			type: 'rota.planned',
			data: { servedDays: [...servedDays], servedWindows: [...servedWindows], slots, copiedFrom: null },
			actor,
		},
		{ type: 'rota.published', data: {}, actor },
	];
	await timeline(hub).append({
		subject: subjectOfRota({ counterId: counter.id, monday }),
		commandId: stableId(`rota/${counter.cityCode}/${monday}`),
		decide: ({ seq }) => (seq === 0 ? drafts : []),
	});
}
