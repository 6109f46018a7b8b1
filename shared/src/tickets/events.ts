import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { counterId, uuid } from '../ids/ids.ts';
import { ticketCause } from './causes.ts';
import { evidence } from './evidence.ts';

/** On the timeline `ticket:<id>`: a fault from its first report until it is solved (S5.2b, L5). */
export const ticketEvents = {
	'ticket.opened': z.object({
		number: z.string(),
		cause: ticketCause,
		/** The how manieth ticket of this cause. */
		round: z.int().min(1),
		/** Who answers for it. */
		cityCode,
		counterId,
		/** By hand: what somebody wrote; else null. */
		text: z.string().nullable(),
		/** By a check or a measurement; else null. */
		evidence: evidence.nullable(),
	}),
	/** The same cause failed again. */
	'ticket.failed': z.object({ evidence }),
	/** It passed again; `solved`: which settles it. */
	'ticket.passed': z.object({ evidence, solved: z.boolean() }),
	/** After it was solved the same cause was reported anew: another ticket goes on, and this one is not opened again. */
	'ticket.followed': z.object({ ticketId: uuid }),
	'ticket.taken': z.object({}),
	'ticket.noted': z.object({ text: z.string() }),
	'ticket.solved': z.object({ done: z.string() }),
	'ticket.reopened': z.object({ reason: z.string() }),
} as const;
