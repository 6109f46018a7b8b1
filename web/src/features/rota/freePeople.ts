import { slotAtTime } from '@counter-hub/shared/rota/planning.ts';
import type { Plan, RotaView } from '@counter-hub/shared/rota/rota.ts';
import type { Slot } from '@counter-hub/shared/rota/slots.ts';
import { m } from '#paraglide/messages.js';

/** Who of the counter could stand in at a slot, as entries of a choice; the first one is nobody. */
export const freePeople = (
	plan: Plan,
	people: RotaView['people'],
	slot: Slot,
	present: string | null = null,
) => [
	{ value: '', label: m.rota_leave_nobody() },
	...people
		.filter(({ staffId, active }) => active && (staffId === present || !slotAtTime(plan, staffId, slot)))
		.map(({ staffId, displayName }) => ({ value: staffId, label: displayName })),
];
