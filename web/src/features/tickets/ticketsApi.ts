import type { z } from 'zod';
import {
	linkTickets,
	ticketDetail,
	ticketPage,
	type NoteTicketBody,
	type OpenTicketBody,
	type ReopenTicketBody,
	type SolveTicketBody,
	type TakeTicketBody,
	type ticketsQuery,
} from '@counter-hub/shared/tickets/tickets.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { Api } from '#platform/Api.ts';

type Query = z.input<typeof ticketsQuery>;

/** What is done to a ticket, and what is sent for it. */
interface Steps {
	take: TakeTicketBody;
	note: NoteTicketBody;
	solve: SolveTicketBody;
	reopen: ReopenTicketBody;
}

/** REST of fault tickets. All throw ApiProblem. */
export const ticketsApi = {
	list: (api: Api, { state, cursor, limit }: Query, signal?: AbortSignal) =>
		api.get('/tickets', ticketPage, { query: { state, cursor, limit: limit?.toString() }, signal }),

	/** The open ones of a link between two cities and of their nodes, or of the nodes of one. */
	ofLink: async (api: Api, [city, other]: readonly CityCode[]) =>
		(await api.get('/link-tickets', linkTickets, { query: { city, other } })).tickets,

	read: (api: Api, ticketId: string, before?: number) =>
		api.get(`/tickets/${ticketId}`, ticketDetail, { query: { before } }),

	open: (api: Api, body: OpenTicketBody) =>
		api.command({ method: 'POST', path: '/tickets', body, answer: ticketDetail }),

	/** Answers the ticket after it. */
	step: <S extends keyof Steps>(api: Api, ticketId: string, step: S, body: Steps[S]) =>
		api.command({
			method: 'POST',
			path: `/tickets/${ticketId}/${step}`,
			body: { ...body },
			answer: ticketDetail,
		}),
} as const;
