import { Schema, type Connection, type Model } from 'mongoose';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { causeKey, type TicketCause } from '@counter-hub/shared/tickets/causes.ts';
import { ticketEvents } from '@counter-hub/shared/tickets/events.ts';
import type { Evidence } from '@counter-hub/shared/tickets/evidence.ts';
import { afterStep, type TicketState, type TicketStep } from '@counter-hub/shared/tickets/ticketState.ts';
import { modelOf } from '../../platform/modelOf.ts';
import { idOf, type Projection, type ProjectionDocument, type TimelineEvent } from '../timeline/types.ts';

/** A ticket as its timeline has it. Times are ISO, UTC; `by` is null for the hub itself. */
export interface Ticket {
	number: string;
	cause: TicketCause;
	/** Of a cause that can fail again; null: reported by hand, and found by nothing. */
	causeKey: string | null;
	round: number;
	cityCode: CityCode;
	counterId: string;
	state: TicketState;
	text: string | null;
	openedAt: string;
	openedBy: string | null;
	failures: { count: number; lastAt: string | null };
	evidence: Evidence | null;
	/** What was measured before says nothing new. */
	knownUntil: string;
	passedAt: string | null;
	taken: { by: string | null; at: string } | null;
	solved: { by: string | null; at: string; done: string | null } | null;
	/** The ticket that goes on. */
	followedBy: string | null;
	version: number;
}

/** Tickets by their ids (S5.2b, L5). */
export const ticketsProjection: Projection<Ticket> = {
	name: 'tickets',
	subjectKind: 'ticket',
	by: 'subject',
	apply(ticket, event) {
		if (event.type === 'ticket.opened') return opened(event);
		if (!ticket) return ticket;
		const step = stepOf(ticket, event);
		if (!step) return ticket;
		const { as, ...changed } = step;
		const state = as === undefined ? ticket.state : afterStep(ticket.state, as);
		return state ? { ...ticket, ...changed, state, version: ticket.version + 1 } : ticket;
	},
};

const byOf = ({ actor }: TimelineEvent): string | null => (actor.kind === 'staff' ? actor.staffId : null);

function opened(event: TimelineEvent<'ticket.opened'>): Ticket {
	const { evidence, cause, ...content } = ticketEvents['ticket.opened'].parse(event.data);
	const openedAt = event.at.toISOString();
	return {
		...content,
		cause,
		causeKey: cause.kind === 'other' ? null : causeKey(cause),
		state: 'pending',
		openedAt,
		openedBy: byOf(event),
		failures: { count: evidence ? 1 : 0, lastAt: evidence?.at ?? null },
		evidence,
		knownUntil: evidence?.at ?? openedAt,
		passedAt: null,
		taken: null,
		solved: null,
		followedBy: null,
		version: 1,
	};
}

/** What an event changes, and as which step of the machine. Undefined: nothing. */
function stepOf(ticket: Ticket, event: TimelineEvent): (Partial<Ticket> & { as?: TicketStep }) | undefined {
	const { type, data } = event;
	const at = event.at.toISOString();
	const by = byOf(event);
	switch (type) {
		case 'ticket.failed': {
			const { evidence } = ticketEvents[type].parse(data);
			const failures = { count: ticket.failures.count + 1, lastAt: evidence.at };
			const known = { evidence, failures, knownUntil: evidence.at };
			return ticket.passedAt === null
				? { as: 'failed', ...known }
				: { as: 'failed', ...known, passedAt: null, taken: null };
		}
		case 'ticket.passed': {
			const { evidence, solved } = ticketEvents[type].parse(data);
			const passed = { evidence, knownUntil: evidence.at, passedAt: evidence.at };
			return solved
				? { as: 'recovered', ...passed, solved: { by: null, at, done: null } }
				: { as: 'passed', ...passed };
		}
		case 'ticket.followed':
			return { followedBy: data.ticketId };
		case 'ticket.taken':
			return { as: 'taken', taken: { by, at } };
		case 'ticket.solved':
			return { as: 'solved', solved: { by, at, done: data.done }, knownUntil: at };
		case 'ticket.reopened':
			return { as: 'reopened', solved: null, passedAt: null, taken: null, knownUntil: at };
		default:
			return undefined;
	}
}

export type TicketDocument = ProjectionDocument<Ticket>;
const { Mixed } = Schema.Types;
/** Written by the timeline only. */
const schema = new Schema<TicketDocument>(
	{
		_id: { type: String, required: true },
		subject: String,
		seq: Number,
		number: String,
		cause: Mixed,
		causeKey: String,
		round: Number,
		cityCode: String,
		counterId: String,
		state: String,
		text: String,
		openedAt: String,
		openedBy: String,
		failures: Mixed,
		evidence: Mixed,
		knownUntil: String,
		passedAt: String,
		taken: Mixed,
		solved: Mixed,
		followedBy: String,
		version: Number,
	},
	{ collection: ticketsProjection.name, versionKey: false, id: false },
);
schema.index({ causeKey: 1, round: -1 });
schema.index({ counterId: 1, openedAt: -1, _id: -1 });
schema.index({ cityCode: 1, openedAt: -1, _id: -1 });

export const ticketModel = (connection: Connection): Model<TicketDocument> =>
	modelOf<TicketDocument>(connection, 'Ticket', schema);

/** The id of a ticket's timeline. */
export const ticketIdIn = ({ subject }: Pick<TimelineEvent, 'subject'>): string => idOf(subject);
