import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { timeline } from '../timeline/timeline.ts';
import { ticketIdIn, ticketsProjection } from './ticketsProjection.ts';

/** What any hub appended to a ticket is told to those of this hub's pages that may read it, once lists show it. */
export function tellTickets(hub: HubContext): void {
	timeline(hub).live({
		name: 'pages of tickets',
		kind: 'ticket',
		onEvents: async (events) => {
			await timeline(hub).projected(events);
			for (const ticketId of new Set(events.map(ticketIdIn))) {
				const ticket = await timeline(hub).state(ticketsProjection, ticketId);
				if (!ticket) continue;
				for (const socket of hubSockets(hub).namespace.sockets.values())
					if (may.readTicket(socket.data.actor, ticket)) socket.emit('tickets:changed', { ticketId });
			}
		},
	});
}
