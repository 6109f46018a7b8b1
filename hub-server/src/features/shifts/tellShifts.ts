import type { HubContext } from '../../HubContext.ts';
import { hubSockets, roomOf } from '../../hubSockets.ts';
import { presenceBoard } from '../presence/PresenceBoard.ts';
import { timeline } from '../timeline/timeline.ts';
import { SHIFT, shiftsProjection } from './shiftProjections.ts';

/** What any hub appended to shifts is told to the pages of their counters and people on this hub, once lists show it. */
export function tellShifts(hub: HubContext): void {
	const { namespace } = hubSockets(hub);
	timeline(hub).live({
		name: 'pages of shifts',
		kind: 'shift',
		onEvents: async (events) => {
			await timeline(hub).projected(events);
			presenceBoard(hub).look();
			const machines = new Set(events.flatMap(({ machine }) => machine ?? []));
			for (const machine of machines) {
				if (!machine.startsWith(`${SHIFT}:`)) continue;
				const shift = await timeline(hub).state(shiftsProjection, machine.slice(SHIFT.length + 1));
				if (!shift) continue;
				const { staffId, counterId, handover } = shift;
				namespace.local
					.to([
						roomOf.counter(counterId),
						roomOf.staff(staffId),
						...(handover ? [roomOf.staff(handover.to)] : []),
					])
					.emit('shift:changed', { staffId, counterId });
			}
		},
	});
}
