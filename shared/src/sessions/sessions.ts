import { z } from 'zod';
import { duty } from '../cases/cases.ts';
import { cityCode } from '../cities/cities.ts';
import { caseId, counterId } from '../ids/ids.ts';
import { freeText } from '../codes/freeText.ts';
import { LIMITS } from '../limits/limits.ts';
import { sessionSide, shownSession } from './Session.ts';

export const sessionNote = freeText(0, LIMITS.noteLength);

/** One side of a session, in words. */
const sessionParty = sessionSide.extend({
	displayName: z.string(),
	counterName: z.string(),
	windowNumber: z.int().nullable(),
	/** In the room just now. */
	present: z.boolean(),
});
export type SessionParty = z.infer<typeof sessionParty>;

export const sessionView = z
	.object({
		...shownSession.shape,
		caseId,
		caseNo: z.string(),
		itemNo: z.int(),
		itemName: z.string(),
		itemNameEn: z.string(),
		enterpriseName: z.string(),
		caller: sessionParty,
		/** The counter that is called. */
		to: z.object({ cityCode, counterId, counterName: z.string(), duty }),
		/** Who answered; null until then. */
		callee: sessionParty.nullable(),
		/** Media is being restored just now. */
		mediaLost: z.boolean(),
		/** A missed call that has been called back. */
		calledBack: z.boolean(),
	})
	.meta({ id: 'Session' });
export type SessionView = z.infer<typeof sessionView>;

export const sessionPage = z
	.object({ sessions: z.array(sessionView), nextCursor: z.string().nullable() })
	.meta({ id: 'SessionPage' });
