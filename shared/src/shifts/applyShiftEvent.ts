import type { EventActor } from '../timeline/eventActor.ts';
import type { EventDataOf, EventType } from '../timeline/events.ts';
import type { shiftEvents } from './events.ts';
import type { Handover, Shift } from './Shift.ts';

type ShiftEventType = Exclude<keyof typeof shiftEvents, 'attendance.explained' | 'case.handedOver'>;
export type ShiftEvent = {
	[K in ShiftEventType]: { type: K; at: string; actor: EventActor; data: EventDataOf<K> };
}[ShiftEventType];

const TYPES: ReadonlySet<EventType> = new Set<ShiftEventType>([
	'shift.opened',
	'shift.paused',
	'shift.resumed',
	'shift.handoverOffered',
	'shift.thingConfirmed',
	'shift.handoverDeclined',
	'shift.handoverWithdrawn',
	'shift.closed',
	'shift.lapsed',
]);
export const movesShift = (type: EventType): boolean => TYPES.has(type);

/** The shift after an event. What does not fit its state changes nothing. Pure. */
export function applyShiftEvent(shift: Shift | undefined, event: ShiftEvent): Shift | undefined {
	if (event.type === 'shift.opened') return shift ?? opened(event);
	if (!shift) return undefined;
	const change = changeBy(shift, event);
	return change ? { ...shift, ...change, version: shift.version + 1 } : shift;
}

function opened({ data, at, actor }: Extract<ShiftEvent, { type: 'shift.opened' }>): Shift | undefined {
	if (actor.kind !== 'staff') return undefined;
	return {
		...data,
		staffId: actor.staffId,
		role: actor.role,
		state: 'open',
		openedAt: at,
		pauses: [],
		handover: null,
		closedAt: null,
		lapsed: false,
		unhanded: null,
		version: 1,
	};
}

function changeBy(shift: Shift, event: ShiftEvent): Partial<Shift> | undefined {
	const { at } = event;
	switch (event.type) {
		case 'shift.opened':
			return undefined;
		case 'shift.paused':
			return { state: 'paused', pauses: [...shift.pauses, { ...event.data, from: at, to: null }] };
		case 'shift.resumed':
			return { state: 'open', pauses: ended(shift, at) };
		case 'shift.closed':
			return {
				state: 'closed',
				pauses: ended(shift, at),
				closedAt: at,
				unhanded: event.data.unhanded,
			};
		case 'shift.lapsed':
			return {
				...(shift.closedAt === null && {
					state: 'closed',
					pauses: ended(shift, at),
					closedAt: at,
					lapsed: true,
				}),
				...(shift.handover?.state === 'offered' && {
					handover: { ...shift.handover, state: 'lapsed', settledAt: at },
				}),
			};
		case 'shift.handoverOffered': {
			const { handoverId: id, to, things } = event.data;
			const handover: Handover = {
				id,
				to,
				things,
				offeredAt: at,
				state: 'offered',
				settledAt: null,
				confirmed: [],
				reason: null,
			};
			return { handover };
		}
		case 'shift.thingConfirmed':
		case 'shift.handoverDeclined':
		case 'shift.handoverWithdrawn':
			return shift.handover?.id === event.data.handoverId
				? { handover: moved(shift.handover, event) }
				: undefined;
	}
}

type HandoverEvent = Extract<
	ShiftEvent,
	{ type: 'shift.thingConfirmed' | 'shift.handoverDeclined' | 'shift.handoverWithdrawn' }
>;

function moved(handover: Handover, event: HandoverEvent): Handover {
	if (event.type === 'shift.handoverDeclined')
		return { ...handover, state: 'declined', settledAt: event.at, reason: event.data.reason };
	if (event.type === 'shift.handoverWithdrawn')
		return { ...handover, state: 'withdrawn', settledAt: event.at };
	const confirmed = [...new Set([...handover.confirmed, event.data.key])];
	const isDone = handover.things.every(({ key }) => confirmed.includes(key));
	return { ...handover, confirmed, ...(isDone && { state: 'done', settledAt: event.at }) };
}

const ended = ({ pauses }: Shift, at: string): Shift['pauses'] =>
	pauses.map((pause) => (pause.to === null ? { ...pause, to: at } : pause));
