import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import type { TicketCause } from '@counter-hub/shared/tickets/causes.ts';
import type { OpenTicketBody } from '@counter-hub/shared/tickets/tickets.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { places } from '../counters/Places.ts';
import { staffActor } from '../people/staffActor.ts';
import { timeline } from '../timeline/timeline.ts';
import { onLatestTicket } from './onLatestTicket.ts';
import { subjectOfTicket, ticketIdOf } from './ticketIds.ts';
import { ticketNumbers } from './TicketNumbers.ts';

/**
 * 报修 by hand, from a window of the own counter. An item has one open ticket at most; anything else at the window gets
 * one for itself.
 * @returns the id of the ticket
 * @throws AppError `unknownWindow`, `notAllowed`, `ticketOpen` with its number, `commandReused`
 */
export async function openTicket(
	hub: HubContext,
	principal: Principal,
	{ commandId, windowId, item, text }: OpenTicketBody,
): Promise<string> {
	const { id: counterId, cityCode } = await counterOf(hub, windowId);
	assertMay(may.openTicket(principal.actor, counterId));
	const actor = staffActor(principal, [cityCode]);
	const content = { windowId, item, text, by: principal.actor.staffId };
	const opened = (cause: TicketCause, number: string, round: number) => ({
		type: 'ticket.opened' as const,
		data: { number, cause, round, cityCode, counterId, text, evidence: null },
		actor,
	});
	if (item !== null) {
		const cause = { kind: 'device', windowId, item } as const;
		return onLatestTicket(hub, cause, {
			commandId,
			content,
			numberedFor: cityCode,
			decide: ({ ticket, round, number, nextId }) => {
				if (!ticket) return number === null ? [] : [opened(cause, number, round)];
				if (ticket.followedBy !== null) return [];
				if (ticket.state !== 'solved')
					throw new AppError('ticketOpen', { params: { number: ticket.number } });
				return [{ type: 'ticket.followed', data: { ticketId: nextId }, actor }];
			},
		});
	}
	const ticketId = ticketIdOf(`other:${commandId}`, 1);
	const number = await ticketNumbers(hub).claim(ticketId, cityCode, hub.now());
	const { events } = await timeline(hub).append({
		subject: subjectOfTicket(ticketId),
		commandId,
		content,
		decide: () => [opened({ kind: 'other', windowId }, number, 1)],
	});
	await timeline(hub).projected(events);
	return ticketId;
}

async function counterOf(hub: HubContext, windowId: string): Promise<CounterView> {
	const counter = (await places(hub).all()).find(({ windows }) => windows.some(({ id }) => id === windowId));
	if (!counter) throw new AppError('unknownWindow');
	return counter;
}
