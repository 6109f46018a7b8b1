import { z } from 'zod';

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
