import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { timeline } from '../timeline/timeline.ts';

/** Who is reminded at any hub is told at the pages of this one, once the list shows it. */
export function tellReminders(hub: HubContext): void {
	timeline(hub).live({
		name: 'reminders of checks',
		kind: 'check',
		onEvents: async (events) => {
			const reminded = events.flatMap(({ type, data }) => (type === 'check.reminded' ? data : []));
			if (reminded.length === 0) return;
			await timeline(hub).projected(events);
			for (const one of reminded) {
				const { counterId, stage } = one;
				for (const socket of hubSockets(hub).namespace.sockets.values())
					if (may.readReminder(socket.data.actor, one)) socket.emit('check:reminded', { counterId, stage });
			}
		},
	});
}
