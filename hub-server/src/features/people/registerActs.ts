import { Schema } from 'mongoose';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { counterEvents } from '@counter-hub/shared/counters/events.ts';
import type { peopleEvents } from '@counter-hub/shared/people/events.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { EventDataOf } from '@counter-hub/shared/timeline/events.ts';
import type { Principal } from '../auth/Principal.ts';

type RegisterEventType = keyof typeof peopleEvents | keyof typeof counterEvents;

/**
 * An administrative act on its way to the timeline. It is stored inside the changed record by the same write, and taken
 * out when the timeline has acknowledged it: no change without its event, whatever dies in between.
 */
export type PendingAct = {
	[K in RegisterEventType]: { commandId: string; type: K; data: EventDataOf<K>; actor: EventActor };
}[RegisterEventType];

const actSchema = new Schema<PendingAct>(
	{
		commandId: { type: String, required: true },
		type: { type: String, required: true },
		data: { type: Schema.Types.Mixed, required: true },
		actor: { type: Schema.Types.Mixed, required: true },
	},
	{ _id: false, minimize: false },
);
/** The field of a record that holds its acts until they are on the timeline. */
export const pendingActs = { type: [actSchema], default: [] };

export function actBy<T extends RegisterEventType>(
	actor: EventActor,
	type: T,
	data: EventDataOf<T>,
	commandId: string = newId(),
): PendingAct {
	return { commandId, type, data, actor } as PendingAct;
}

/** The administrator as the actor of an act; the first of the cities stands for the place. */
export function administratorOf({ actor, windowId }: Principal): EventActor {
	const [cityCode] = actor.cities;
	if (cityCode === undefined) return { kind: 'system', by: 'hub' };
	return {
		kind: 'staff',
		staffId: actor.staffId,
		role: actor.role,
		cityCode,
		counterId: actor.counterId,
		windowId,
		duty: null,
	};
}
