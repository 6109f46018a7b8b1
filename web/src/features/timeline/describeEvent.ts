import FileText from '@lucide/svelte/icons/file-text';
import { eventData } from '@counter-hub/shared/timeline/events.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import type { Feature } from '#Feature.ts';
import { dutyName } from '#features/cases/dutyName.ts';
import { cityName } from '#platform/format.ts';
import { m } from '#paraglide/messages.js';
import type { EventWords, PartyName } from './eventWords.ts';

/** Words for any event; one of a kind or form that no feature knows is shown by its type. */
export function describeEvent(
	features: readonly Feature[],
	{ type, data }: EventView,
	party: PartyName,
): EventWords {
	const describe = features.find(({ events }) => events?.[type])?.events?.[type];
	const parsed = eventData[type].safeParse(data);
	// `eventData[type]` has just accepted it; TypeScript cannot follow the key through both tables.
	return describe && parsed.success
		? describe(parsed.data as never, party)
		: { icon: FileText, title: m.timeline_unknown(), detail: type };
}

/** Names the participants on this timeline, from the events that brought them in. */
export function partyNames(features: readonly Feature[], events: readonly EventView[]): PartyName {
	const names = new Map<string, string>();
	for (const event of events) {
		for (const { partyOf } of features) {
			const party = partyOf?.(event);
			if (!party) continue;
			const words = { city: cityName(party.cityCode), duty: dutyName(party.duty) };
			names.set(party.participantId, m.timeline_party(words));
		}
	}
	return (participantId) => names.get(participantId) ?? m.timeline_someParty();
}
