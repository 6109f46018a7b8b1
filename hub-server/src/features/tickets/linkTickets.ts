import { trusted } from 'mongoose';
import type { z } from 'zod';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { causeKey, type KnownCause } from '@counter-hub/shared/tickets/causes.ts';
import type { LinkTicket, linkTicketsQuery } from '@counter-hub/shared/tickets/tickets.ts';
import type { HubContext } from '../../HubContext.ts';
import type { Principal } from '../auth/Principal.ts';
import { places } from '../counters/Places.ts';
import { ticketModel } from './ticketsProjection.ts';

/**
 * The open tickets of a link, either way, and of the media nodes of its cities, for everybody who sees the matrix: that
 * there is one and how it stands, the oldest first. What is in it only its readers see.
 */
export async function linkTickets(
	hub: HubContext,
	{ actor }: Principal,
	{ city, other }: z.output<typeof linkTicketsQuery>,
): Promise<LinkTicket[]> {
	const node = (of: string): KnownCause => ({ kind: 'node', city: of });
	const link = (from: string, to: string): KnownCause => ({ kind: 'link', from, to });
	const causes =
		other === undefined ? [node(city)] : [link(city, other), link(other, city), node(city), node(other)];
	const [found, counters] = await Promise.all([
		ticketModel(hub.connection)
			.find({ causeKey: trusted({ $in: causes.map(causeKey) }), state: trusted({ $ne: 'solved' }) })
			.sort({ openedAt: 1, _id: 1 })
			.lean(),
		places(hub).all(),
	]);
	return found.map(({ _id, number, state, cause, cityCode, counterId }) => ({
		ticketId: may.readTicket(actor, { cityCode, counterId }) ? _id : null,
		number,
		state,
		cause,
		cityCode,
		centreName: counters.find(({ id }) => id === counterId)?.centreName ?? '',
	}));
}
