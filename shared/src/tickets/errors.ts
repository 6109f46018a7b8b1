import type { ErrorEntries } from '../errors/ErrorEntry.ts';

/** Fault tickets. */
export const ticketErrors = {
	unknownTicket: { code: 'TICKET-5601', status: 404, title: 'There is no such ticket' },
	ticketOpen: { code: 'TICKET-5602', status: 409, title: 'An open ticket of this item is there already' },
	ticketOtherState: {
		code: 'TICKET-5603',
		status: 409,
		title: 'The state of the ticket does not allow that',
	},
	ticketFollowed: {
		code: 'TICKET-5604',
		status: 409,
		title: 'A later ticket of the same cause goes on; this one is not opened again',
	},
} as const satisfies ErrorEntries;
