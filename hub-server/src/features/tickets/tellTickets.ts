import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { LINKS_ROOM } from '../links/linkNews.ts';
import { timeline } from '../timeline/timeline.ts';
import { ticketIdIn, ticketsProjection } from './ticketsProjection.ts';

/**
 * What any hub appended to a ticket is told to those of this hub's pages that may read it, once lists show it; of one of a
 * link or a node also to those who watch the matrix.
 */
export function tellTickets(hub: HubContext): void {
	timeline(hub).live({
		name: 'pages of tickets',
		kind: 'ticket',
		onEvents: async (events) => {
			await timeline(hub).projected(events);
			for (const ticketId of new Set(events.map(ticketIdIn))) {
				const ticket = await timeline(hub).state(ticketsProjection, ticketId);
				if (!ticket) continue;
				const isOfLinks = ticket.cause.kind === 'link' || ticket.cause.kind === 'node';
				for (const socket of hubSockets(hub).namespace.sockets.values())
					if (may.readTicket(socket.data.actor, ticket) || (isOfLinks && socket.rooms.has(LINKS_ROOM)))
						socket.emit('tickets:changed', { ticketId });
			}
		},
	});
}
