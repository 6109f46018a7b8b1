import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type {
	NoteTicketBody,
	ReopenTicketBody,
	SolveTicketBody,
	TakeTicketBody,
} from '@counter-hub/shared/tickets/tickets.ts';
import { afterStep, type TicketStep } from '@counter-hub/shared/tickets/ticketState.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { staffActor } from '../people/staffActor.ts';
import { timeline } from '../timeline/timeline.ts';
import { subjectOfTicket } from './ticketIds.ts';
import { ticketsProjection, type Ticket } from './ticketsProjection.ts';

/** @throws AppError `unknownTicket` */
export async function getTicket(hub: HubContext, ticketId: string): Promise<Ticket> {
	const ticket = await timeline(hub).state(ticketsProjection, ticketId);
	if (!ticket) throw new AppError('unknownTicket');
	return ticket;
}

/**
 * An administrator takes it on, or goes on with what another one had. Who has it already changes nothing.
 * @throws AppError `unknownTicket`, `notAllowed`, `staleVersion`, `ticketOtherState`, `commandReused`
 */
export const takeTicket = (hub: HubContext, principal: Principal, ticketId: string, body: TakeTicketBody) =>
	step(hub, principal, ticketId, body, 'taken', may.handleTicket, (actor, { taken }) =>
		taken?.by === principal.actor.staffId ? [] : [{ type: 'ticket.taken', data: {}, actor }],
	);

/** @throws AppError `unknownTicket`, `notAllowed`, `staleVersion`, `ticketOtherState`, `commandReused` */
export const solveTicket = (hub: HubContext, principal: Principal, ticketId: string, body: SolveTicketBody) =>
	step(hub, principal, ticketId, body, 'solved', may.handleTicket, (actor) => [
		{ type: 'ticket.solved', data: { done: body.done }, actor },
	]);

/**
 * It was not solved after all. Where a later ticket goes on, that one is the place for it.
 * @throws AppError `unknownTicket`, `notAllowed`, `staleVersion`, `ticketOtherState`, `ticketFollowed`, `commandReused`
 */
export const reopenTicket = (
	hub: HubContext,
	principal: Principal,
	ticketId: string,
	body: ReopenTicketBody,
) =>
	step(hub, principal, ticketId, body, 'reopened', may.reopenTicket, (actor, { followedBy }) => {
		if (followedBy !== null) throw new AppError('ticketFollowed');
		return [{ type: 'ticket.reopened', data: { reason: body.reason }, actor }];
	});

/** A note overwrites nothing, so it needs no version. @throws AppError `unknownTicket`, `notAllowed`, `commandReused` */
export async function noteTicket(
	hub: HubContext,
	principal: Principal,
	ticketId: string,
	{ commandId, text }: NoteTicketBody,
): Promise<void> {
	const ticket = await getTicket(hub, ticketId);
	assertMay(may.noteTicket(principal.actor, ticket));
	const actor = staffActor(principal, [ticket.cityCode]);
	await timeline(hub).append({
		subject: subjectOfTicket(ticketId),
		commandId,
		content: { note: text, by: principal.actor.staffId },
		decide: () => [{ type: 'ticket.noted', data: { text }, actor }],
	});
}

async function step(
	hub: HubContext,
	principal: Principal,
	ticketId: string,
	{ commandId, ...asked }: TakeTicketBody,
	as: TicketStep,
	isAllowed: typeof may.handleTicket,
	decide: (actor: EventActor, ticket: Ticket) => EventDraft[],
): Promise<void> {
	const found = await getTicket(hub, ticketId);
	assertMay(isAllowed(principal.actor, found));
	const actor = staffActor(principal, [found.cityCode]);
	const { events } = await timeline(hub).append({
		subject: subjectOfTicket(ticketId),
		commandId,
		content: { as, ...asked, by: principal.actor.staffId },
		reads: [ticketsProjection],
		decide: (view) => {
			const ticket = view.state(ticketsProjection);
			if (!ticket) throw new AppError('unknownTicket');
			if (ticket.version !== asked.version) throw new AppError('staleVersion');
			if (!afterStep(ticket.state, as)) throw new AppError('ticketOtherState');
			return decide(actor, ticket);
		},
	});
	await timeline(hub).projected(events);
}
