import type { Feature } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { followFaults } from './followFaults.ts';
import { tellTickets } from './tellTickets.ts';
import { ticketNumbers } from './TicketNumbers.ts';
import { ticketRoutes } from './ticket.routes.ts';
import { ticketModel, ticketsProjection } from './ticketsProjection.ts';

/** Fault tickets: of what checks and links find, and of what people report, until it is solved (S5.2b, L5). */
export const tickets: Feature = {
	name: 'tickets',
	register(hub) {
		ticketModel(hub.connection);
		ticketNumbers(hub);
		timeline(hub).register(ticketsProjection);
		ticketRoutes(hub);
		followFaults(hub);
		tellTickets(hub);
	},
};
