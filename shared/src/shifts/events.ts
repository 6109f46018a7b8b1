import { z } from 'zod';
import { staffId, uuid } from '../ids/ids.ts';
import { checkResult, pauseReason, shiftPlace, thing } from './shiftTerms.ts';

/** On the timeline `shift:<staffId>`: when a person served, and what was passed on (S4.4c, S7.1a, L6). */
export const shiftEvents = {
	/** `reason`: why it was opened although something is not as it should be; null: nothing is wrong. */
	'shift.opened': z.object({ ...shiftPlace, check: checkResult, reason: z.string().nullable() }),
	'shift.paused': z.object({ reason: pauseReason, note: z.string().nullable() }),
	'shift.resumed': z.object({}),
	'shift.handoverOffered': z.object({ handoverId: uuid, to: staffId, things: z.array(thing) }),
	/** By the receiver. */
	'shift.thingConfirmed': z.object({ handoverId: uuid, key: z.string() }),
	/** By the receiver. */
	'shift.handoverDeclined': z.object({ handoverId: uuid, reason: z.string() }),
	'shift.handoverWithdrawn': z.object({ handoverId: uuid }),
	/** `unhanded`: why nobody has confirmed what there was to hand over; null: somebody has, or there was nothing. */
	'shift.closed': z.object({ unhanded: z.string().nullable() }),
	/** Nobody closed it; the hub did, long after the day was over. */
	'shift.lapsed': z.object({}),
	/** On the timeline of a case: it passed from one person of the counter to another. */
	'case.handedOver': z.object({ handoverId: uuid, from: staffId, to: staffId }),
	/** Of one's own day, or by whoever answers for it; nothing is changed by it. */
	'attendance.explained': z.object({ date: z.iso.date(), text: z.string() }),
} as const;
