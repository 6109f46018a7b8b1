import type { EventType } from '@counter-hub/shared/timeline/events.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets, roomOf } from '../../hubSockets.ts';
import { timeline } from '../timeline/timeline.ts';
import { idOf } from '../timeline/types.ts';

const OF_A_PERSON: readonly EventType[] = [
	'qualification.recorded',
	'qualification.struck',
	'undertaking.signed',
];
const OF_ALL: readonly EventType[] = ['undertaking.published', 'city.qualificationRules'];

/** Tells pages when what their person holds, or what is asked of him, has changed at any hub: they read it anew. */
export function tellFitness(hub: HubContext): void {
	const { namespace } = hubSockets(hub);
	timeline(hub).live({
		name: 'fitness of people',
		kind: 'staff',
		onEvents: (events) => {
			const changed = events.filter(({ type }) => OF_A_PERSON.includes(type));
			for (const staffId of new Set(changed.map(({ subject }) => idOf(subject))))
				namespace.local.to(roomOf.staff(staffId)).emit('fitness:changed', {});
		},
	});
	for (const kind of ['undertaking', 'city'])
		timeline(hub).live({
			name: `what ${kind} asks of people`,
			kind,
			onEvents: (events) => {
				if (events.some(({ type }) => OF_ALL.includes(type))) namespace.local.emit('fitness:changed', {});
			},
		});
}
