import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { caseId, counterId, sessionId, staffId, windowId } from '../ids/ids.ts';
import { freeText } from '../codes/freeText.ts';
import { LIMITS } from '../limits/limits.ts';

/** What the caller wants: to be guided 远程指导, or to have papers reviewed 远程审查. */
export const sessionPurpose = z.enum(['guidance', 'review']).meta({ id: 'SessionPurpose' });
export type SessionPurpose = z.infer<typeof sessionPurpose>;

export const sessionState = z.enum(['requested', 'ringing', 'active', 'ended']).meta({ id: 'SessionState' });
export type SessionState = z.infer<typeof sessionState>;

/** How a session ended. `unconcluded`: hung up without a conclusion; `abandoned`: both sides gone too long. */
export const sessionOutcome = z
	.enum(['concluded', 'unconcluded', 'declined', 'missed', 'cancelled', 'abandoned', 'failed'])
	.meta({ id: 'SessionOutcome' });
export type SessionOutcome = z.infer<typeof sessionOutcome>;

/** 通过 · 补正 · 不予受理建议 · 另行联系 (V10). */
export const conclusion = z
	.enum(['pass', 'correction', 'rejectionAdvised', 'contactLater'])
	.meta({ id: 'Conclusion' });
export type Conclusion = z.infer<typeof conclusion>;

export const declineReason = z
	.enum(['busy', 'notOurs', 'deviceFault', 'other'])
	.meta({ id: 'DeclineReason' });
export type DeclineReason = z.infer<typeof declineReason>;

export const sessionNote = freeText(0, LIMITS.noteLength);

/** One side of a session. */
const sessionParty = z.object({
	participantId: z.string(),
	staffId,
	displayName: z.string(),
	cityCode,
	counterId,
	counterName: z.string(),
	windowId: windowId.nullable(),
	windowNumber: z.int().nullable(),
	duty: z.enum(['receiving', 'permit']),
	/** In the room just now. */
	present: z.boolean(),
});
export type SessionParty = z.infer<typeof sessionParty>;

export const sessionView = z
	.object({
		id: sessionId,
		version: z.int(),
		state: sessionState,
		purpose: sessionPurpose,
		note: z.string(),
		caseId,
		caseNo: z.string(),
		itemNo: z.int(),
		itemName: z.string(),
		itemNameEn: z.string(),
		enterpriseName: z.string(),
		caller: sessionParty,
		/** The counter that is called. */
		to: z.object({ cityCode, counterId, counterName: z.string(), duty: z.enum(['receiving', 'permit']) }),
		/** Who answered; null until then. */
		callee: sessionParty.nullable(),
		requestedAt: z.iso.datetime(),
		ringUntil: z.iso.datetime().nullable(),
		answeredAt: z.iso.datetime().nullable(),
		endedAt: z.iso.datetime().nullable(),
		outcome: sessionOutcome.nullable(),
		conclusion: conclusion.nullable(),
		conclusionNote: z.string().nullable(),
		declineReason: declineReason.nullable(),
		declineNote: z.string().nullable(),
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
