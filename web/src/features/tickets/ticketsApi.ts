import type { z } from 'zod';
import {
	ticketDetail,
	ticketPage,
	type NoteTicketBody,
	type OpenTicketBody,
	type ReopenTicketBody,
	type SolveTicketBody,
	type TakeTicketBody,
	type ticketsQuery,
} from '@counter-hub/shared/tickets/tickets.ts';
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
