import { z } from 'zod';
import { checkItem } from '../checks/items.ts';
import { cityCode } from '../cities/cities.ts';
import { freeText } from '../codes/freeText.ts';
import { commandId, counterId, staffId, uuid, windowId } from '../ids/ids.ts';
import { LIMITS } from '../limits/limits.ts';
import { eventView } from '../timeline/eventView.ts';
import { ticketCause } from './causes.ts';
import { evidence } from './evidence.ts';
import { ticketState } from './ticketState.ts';

export const TICKET_LIMITS = {
	/** Characters of whatever somebody writes. */
	text: { least: 2, most: 200 },
	/** Events that are told with a ticket at once. */
	history: 50,
} as const;

export const ticketId = uuid.describe('A fault ticket 报修工单');

/** Null: the hub itself. The name is looked up when shown. */
const who = z.object({ staffId, name: z.string().nullable() }).nullable();

/** A fault ticket 报修工单 as it stands. */
const ticketView = z
	.object({
		id: ticketId,
		/** `GD-1123-02`: month and day on which it was opened, and the how manieth of its city on that day. */
		number: z.string(),
		state: ticketState,
		cause: ticketCause,
		cityCode,
		counterId,
		counterName: z.string(),
		/** Of what concerns a window. */
		windowNumber: z.int().nullable(),
		text: z.string().nullable(),
		openedAt: z.iso.datetime(),
		openedBy: who,
		/** How often it was found failing; 0: nobody has measured it. */
		failures: z.object({ count: z.int(), lastAt: z.iso.datetime().nullable() }),
		/** The last measurements, whether it failed or passed. */
		evidence: evidence.nullable(),
		/** Since when it passes again. */
		passedAt: z.iso.datetime().nullable(),
		taken: z.object({ by: who, at: z.iso.datetime() }).nullable(),
		/** `done`: what was done about it; null where it was well again by itself. */
		solved: z.object({ by: who, at: z.iso.datetime(), done: z.string().nullable() }).nullable(),
		followedBy: z.object({ ticketId, number: z.string() }).nullable(),
		/** Rises with all but notes; sent back with a step, so that two people do not decide past each other. */
		version: z.int(),
	})
	.meta({ id: 'Ticket' });
export type TicketView = z.infer<typeof ticketView>;

/** With its history in ascending order, the newest of it. */
export const ticketDetail = z
	.object({ ticket: ticketView, events: z.array(eventView) })
	.meta({ id: 'TicketDetail' });
export type TicketDetail = z.infer<typeof ticketDetail>;
/** `before`: the history before that sequence number. */
export const ticketDetailQuery = z.strictObject({ before: z.coerce.number().int().min(1).optional() });

/** `open`: whatever is not solved. The cursor is the id of the last one seen. */
export const ticketsQuery = z.strictObject({
	state: z.enum([...ticketState.options, 'open']).optional(),
	cursor: ticketId.optional(),
	limit: z.coerce.number().int().min(1).max(LIMITS.pageMax).default(LIMITS.pageSize),
});
export type TicketsQuery = z.infer<typeof ticketsQuery>;
export const ticketPage = z
	.object({ tickets: z.array(ticketView), nextCursor: ticketId.nullable() })
	.meta({ id: 'TicketPage' });

/** Of a link between two cities, or of one city's nodes alone. */
export const linkTicketsQuery = z.strictObject({ city: cityCode, other: cityCode.optional() });
/** What everybody who sees the matrix may know of an open ticket. */
const linkTicket = z
	.object({
		/** Null: the person may not read it. */
		ticketId: ticketId.nullable(),
		number: z.string(),
		state: ticketState,
		cause: ticketCause,
		/** Who answers for it. */
		cityCode,
		centreName: z.string(),
	})
	.meta({ id: 'LinkTicket' });
export type LinkTicket = z.infer<typeof linkTicket>;
export const linkTickets = z.object({ tickets: z.array(linkTicket) }).meta({ id: 'LinkTickets' });

const text = freeText(TICKET_LIMITS.text.least, TICKET_LIMITS.text.most);
/** 报修 by hand; `item` null: something else at the window. */
export const openTicketBody = z.strictObject({ commandId, windowId, item: checkItem.nullable(), text });
export type OpenTicketBody = z.infer<typeof openTicketBody>;

/** `version` is the one last read. */
const step = { commandId, version: z.int().min(1) };
export const takeTicketBody = z.strictObject(step);
export const noteTicketBody = z.strictObject({ commandId, text });
export const solveTicketBody = z.strictObject({ ...step, done: text });
export const reopenTicketBody = z.strictObject({ ...step, reason: text });
export type TakeTicketBody = z.infer<typeof takeTicketBody>;
export type NoteTicketBody = z.infer<typeof noteTicketBody>;
export type SolveTicketBody = z.infer<typeof solveTicketBody>;
export type ReopenTicketBody = z.infer<typeof reopenTicketBody>;
