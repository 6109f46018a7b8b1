import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { causeKey, type KnownCause } from '@counter-hub/shared/tickets/causes.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import type { HubContext } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { subjectOfTicket, ticketIdOf } from './ticketIds.ts';
import { ticketNumbers } from './TicketNumbers.ts';
import { ticketModel, ticketsProjection, type Ticket } from './ticketsProjection.ts';

/** The latest ticket of a cause, as a command finds it. */
export interface Latest {
	/** Undefined: there is none of this round yet. */
	readonly ticket: Ticket | undefined;
	readonly round: number;
	/** Of the ticket that would be opened; null where there is one, or none is to be opened. */
	readonly number: string | null;
	/** The id of the ticket after this one. */
	readonly nextId: string;
}

interface Command {
	readonly commandId: string;
	readonly content?: unknown;
	/** Whose number a ticket gets that is opened; null: none is opened. */
	readonly numberedFor: CityCode | null;
	readonly decide: (latest: Latest) => readonly EventDraft[];
}

/**
 * Does a command on the latest ticket of a cause. A solved one is left for the next by `ticket.followed`, which stands on
 * it before the next is opened: each step is decided on one timeline, so no two hubs and no crash make a second ticket,
 * and a repeat finds its own events.
 * @returns the id of the ticket on which it ended
 */
export async function onLatestTicket(
	hub: HubContext,
	cause: KnownCause,
	{ commandId, content, numberedFor, decide }: Command,
): Promise<string> {
	const key = causeKey(cause);
	for (let round = await latestRound(hub, key); ; round++) {
		const ticketId = ticketIdOf(key, round);
		const number = numberedFor && (await numberFor(hub, ticketId, numberedFor));
		const nextId = ticketIdOf(key, round + 1);
		const { events, after } = await timeline(hub).append({
			subject: subjectOfTicket(ticketId),
			commandId,
			...(content !== undefined && { content }),
			reads: [ticketsProjection],
			decide: (view) => decide({ ticket: view.state(ticketsProjection), round, number, nextId }),
		});
		await timeline(hub).projected(events);
		const isFollowed =
			events.some(({ type }) => type === 'ticket.followed') ||
			(events.length === 0 && typeof after?.state(ticketsProjection)?.followedBy === 'string');
		if (!isFollowed) return ticketId;
	}
}

/** As far as documents show it: from there the timelines lead on. */
async function latestRound(hub: HubContext, key: string): Promise<number> {
	const latest = await ticketModel(hub.connection)
		.findOne({ causeKey: key }, { round: 1 })
		.sort({ round: -1 })
		.lean();
	return latest?.round ?? 1;
}

async function numberFor(hub: HubContext, ticketId: string, city: CityCode): Promise<string | null> {
	if (await timeline(hub).state(ticketsProjection, ticketId)) return null;
	return ticketNumbers(hub).claim(ticketId, city, hub.now());
}
