import { z } from 'zod';
import { caseId, commandId, sessionId } from '../ids/ids.ts';
import { mediaAdmission } from '../media/grant.ts';
import { request } from '../realtime/ack.ts';
import { conclusion, declineReason, sessionPurpose } from './sessionTerms.ts';
import { sessionNote, sessionView } from './sessions.ts';

const sessionCommand = { commandId, sessionId };
const withAdmission = z.object({ session: sessionView, admission: mediaAdmission });

export const sessionRequests = {
	/** Calls the other counter of the case; the admission lets the caller get ready while it rings. */
	'session:request': request(
		z.strictObject({
			commandId,
			caseId,
			purpose: sessionPurpose,
			note: sessionNote,
			callsBack: sessionId.nullable(),
		}),
		withAdmission,
	),
	/** Answers; the admission is a member's. `alreadyAnswered` if somebody else was first. */
	'session:answer': request(z.strictObject(sessionCommand), withAdmission),
	'session:decline': request(
		z.strictObject({ ...sessionCommand, reason: declineReason, note: sessionNote }),
		z.object({ session: sessionView }),
	),
	'session:cancel': request(z.strictObject(sessionCommand), z.object({ session: sessionView })),
	'session:hangUp': request(z.strictObject(sessionCommand), z.object({ session: sessionView })),
	'session:conclude': request(
		z.strictObject({ ...sessionCommand, conclusion, note: sessionNote }),
		z.object({ session: sessionView }),
	),
	/**
	 * A fresh admission: after a reload, a reconnect, or to take the call over from another page.
	 * While it rings, a rung person gets a lobby admission. Without `takeOver` the hub refuses with `inAnotherPage`
	 * when another live page of the same person holds the call.
	 */
	'session:admit': request(z.strictObject({ sessionId, takeOver: z.boolean() }), withAdmission),
	/** The sessions that concern this person now: ringing here, or active with this person in it. */
	'session:mine': request(
		z.strictObject({}),
		z.object({
			ringing: z.array(sessionView),
			active: sessionView.nullable(),
			activeElsewhere: z.boolean(),
			/** Ways into the rooms of those that ring, and of the active one where this page holds it; those that there are now. */
			admissions: z.array(mediaAdmission),
		}),
	),
} as const;
