import { z } from 'zod';
import {
	linkTickets as linkTicketsAnswer,
	linkTicketsQuery,
	noteTicketBody,
	openTicketBody,
	reopenTicketBody,
	solveTicketBody,
	takeTicketBody,
	ticketDetail,
	ticketDetailQuery,
	ticketId,
	ticketPage,
	ticketsQuery,
} from '@counter-hub/shared/tickets/tickets.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { linkTickets } from './linkTickets.ts';
import { openTicket } from './openTicket.ts';
import { listTickets, readTicket } from './showTickets.ts';
import { noteTicket, reopenTicket, solveTicket, takeTicket } from './ticketSteps.ts';

const tag = 'Tickets';
const params = z.strictObject({ ticketId });
const COMMAND = ['unknownTicket', 'notAllowed', 'commandReused', 'queueFull'] as const;
const STEP = [...COMMAND, 'staleVersion', 'ticketOtherState'] as const;

/** Fault tickets 报修工单: the counter opens and notes, the city's administrators take and solve, supervisors read. */
export function ticketRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path: '/tickets',
		operationId: 'listTickets',
		summary: 'Fault tickets of the own counter, or of the cities that one administers or supervises',
		tag,
		guard,
		query: ticketsQuery,
		response: ticketPage,
		errors: ['unknownTicket'],
		handler: ({ actor, query }) => listTickets(hub, actor, query),
	});

	hub.api.route({
		method: 'post',
		path: '/tickets',
		operationId: 'openTicket',
		summary: 'Reports a fault at a window of the own counter',
		tag,
		guard,
		body: openTicketBody,
		response: ticketDetail,
		status: 201,
		errors: ['unknownWindow', 'notAllowed', 'ticketOpen', 'personalNumber', 'commandReused', 'queueFull'],
		handler: async ({ actor, body }) => readTicket(hub, actor, await openTicket(hub, actor, body)),
	});

	hub.api.route({
		method: 'get',
		path: '/link-tickets',
		operationId: 'listLinkTickets',
		summary:
			'The open fault tickets of a link and of its cities’ media nodes, as far as everybody may know them',
		tag,
		guard,
		query: linkTicketsQuery,
		response: linkTicketsAnswer,
		handler: async ({ actor, query }) => ({ tickets: await linkTickets(hub, actor, query) }),
	});

	hub.api.route({
		method: 'get',
		path: '/tickets/{ticketId}',
		operationId: 'readTicket',
		summary: 'A fault ticket with its history',
		tag,
		guard,
		params,
		query: ticketDetailQuery,
		response: ticketDetail,
		errors: ['unknownTicket', 'notAllowed'],
		handler: ({ actor, params: { ticketId: id }, query: { before } }) => readTicket(hub, actor, id, before),
	});

	hub.api.route({
		method: 'post',
		path: '/tickets/{ticketId}/take',
		operationId: 'takeTicket',
		summary: 'An administrator of the city takes it on',
		tag,
		guard,
		params,
		body: takeTicketBody,
		response: ticketDetail,
		errors: STEP,
		handler: async ({ actor, params: { ticketId: id }, body }) => {
			await takeTicket(hub, actor, id, body);
			return readTicket(hub, actor, id);
		},
	});

	hub.api.route({
		method: 'post',
		path: '/tickets/{ticketId}/note',
		operationId: 'noteTicket',
		summary: 'Adds a remark to its history',
		tag,
		guard,
		params,
		body: noteTicketBody,
		response: ticketDetail,
		errors: [...COMMAND, 'personalNumber'],
		handler: async ({ actor, params: { ticketId: id }, body }) => {
			await noteTicket(hub, actor, id, body);
			return readTicket(hub, actor, id);
		},
	});

	hub.api.route({
		method: 'post',
		path: '/tickets/{ticketId}/solve',
		operationId: 'solveTicket',
		summary: 'An administrator of the city says what was done, and that it is solved',
		tag,
		guard,
		params,
		body: solveTicketBody,
		response: ticketDetail,
		errors: [...STEP, 'personalNumber'],
		handler: async ({ actor, params: { ticketId: id }, body }) => {
			await solveTicket(hub, actor, id, body);
			return readTicket(hub, actor, id);
		},
	});

	hub.api.route({
		method: 'post',
		path: '/tickets/{ticketId}/reopen',
		operationId: 'reopenTicket',
		summary: 'It was not solved: it is to be handled again',
		tag,
		guard,
		params,
		body: reopenTicketBody,
		response: ticketDetail,
		errors: [...STEP, 'ticketFollowed', 'personalNumber'],
		handler: async ({ actor, params: { ticketId: id }, body }) => {
			await reopenTicket(hub, actor, id, body);
			return readTicket(hub, actor, id);
		},
	});
}
