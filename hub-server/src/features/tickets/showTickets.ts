import { trusted, type QueryFilter } from 'mongoose';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { serves, type Actor } from '@counter-hub/shared/people/Actor.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import {
	TICKET_LIMITS,
	type TicketDetail,
	type TicketsQuery,
	type TicketView,
} from '@counter-hub/shared/tickets/tickets.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { presentEvents } from '../cases/presentEvents.ts';
import { places } from '../counters/Places.ts';
import { staffNames } from '../people/StaffNames.ts';
import { timeline } from '../timeline/timeline.ts';
import { subjectOfTicket } from './ticketIds.ts';
import { getTicket } from './ticketSteps.ts';
import { ticketModel, type Ticket, type TicketDocument } from './ticketsProjection.ts';

/** Tickets that the person may read, the latest opened first; the cursor is the id of the last one seen. */
export async function listTickets(
	hub: HubContext,
	{ actor }: Principal,
	{ state, cursor, limit }: TicketsQuery,
): Promise<{ tickets: TicketView[]; nextCursor: string | null }> {
	const model = ticketModel(hub.connection);
	const filter: QueryFilter<TicketDocument>[] = [readableBy(actor)];
	if (state !== undefined) filter.push({ state: state === 'open' ? trusted({ $ne: 'solved' }) : state });
	if (cursor !== undefined) {
		const last = await model.findById(cursor, { openedAt: 1 }).lean();
		if (!last) throw new AppError('unknownTicket');
		const { openedAt } = last;
		filter.push({
			$or: [{ openedAt: trusted({ $lt: openedAt }) }, { openedAt, _id: trusted({ $lt: cursor }) }],
		});
	}
	const found = await model
		.find({ $and: filter })
		.sort({ openedAt: -1, _id: -1 })
		.limit(limit + 1)
		.lean();
	const page = found.slice(0, limit);
	return {
		tickets: await present(
			hub,
			page.map(({ _id, ...ticket }) => [_id, ticket]),
		),
		nextCursor: found.length > limit ? (page.at(-1)?._id ?? null) : null,
	};
}

/**
 * A ticket with everything acknowledged so far, and its history: the newest of it, or what lies before a number.
 * @throws AppError `unknownTicket`, `notAllowed`
 */
export async function readTicket(
	hub: HubContext,
	{ actor }: Principal,
	ticketId: string,
	before?: number,
): Promise<TicketDetail> {
	const found = await getTicket(hub, ticketId);
	assertMay(may.readTicket(actor, found));
	const [[ticket], { events }] = await Promise.all([
		present(hub, [[ticketId, found]]),
		timeline(hub).page(subjectOfTicket(ticketId), { before, limit: TICKET_LIMITS.history }),
	]);
	if (!ticket) throw new AppError('unknownTicket');
	return { ticket, events: await presentEvents(hub, events) };
}

/** The policy `may.readTicket` as a filter. */
const readableBy = (actor: Actor): QueryFilter<TicketDocument> =>
	serves(actor) ? { counterId: actor.counterId ?? '' } : { cityCode: trusted({ $in: [...actor.cities] }) };

async function present(
	hub: HubContext,
	found: readonly (readonly [id: string, ticket: Ticket])[],
): Promise<TicketView[]> {
	const tickets = found.map(([, ticket]) => ticket);
	const people = tickets.flatMap(({ openedBy, taken, solved }) => [openedBy, taken?.by, solved?.by]);
	const [counters, names, numbers] = await Promise.all([
		places(hub).all(),
		staffNames(hub).of(people.filter((id) => typeof id === 'string')),
		numbersOf(
			hub,
			tickets.flatMap(({ followedBy }) => followedBy ?? []),
		),
	]);
	const who = (staffId: string | null) =>
		staffId === null ? null : { staffId, name: names.get(staffId) ?? null };
	return found.map(([id, ticket]) => {
		const { cause, counterId, openedBy, taken, solved, followedBy } = ticket;
		const counter = counters.find((one) => one.id === counterId);
		const windowId = cause.kind === 'device' || cause.kind === 'other' ? cause.windowId : null;
		const next = followedBy === null ? undefined : numbers.get(followedBy);
		return {
			id,
			number: ticket.number,
			state: ticket.state,
			cause,
			cityCode: ticket.cityCode,
			counterId,
			counterName: counter?.name ?? '',
			windowNumber: counter?.windows.find((one) => one.id === windowId)?.number ?? null,
			text: ticket.text,
			openedAt: ticket.openedAt,
			openedBy: who(openedBy),
			failures: ticket.failures,
			evidence: ticket.evidence,
			passedAt: ticket.passedAt,
			taken: taken && { by: who(taken.by), at: taken.at },
			solved: solved && { ...solved, by: who(solved.by) },
			followedBy: followedBy !== null && next !== undefined ? { ticketId: followedBy, number: next } : null,
			version: ticket.version,
		};
	});
}

async function numbersOf(hub: HubContext, ids: readonly string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const found = await ticketModel(hub.connection)
		.find({ _id: trusted({ $in: [...ids] }) }, { number: 1 })
		.lean();
	return new Map(found.map(({ _id, number }) => [_id, number]));
}
