import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { freeText } from '../codes/freeText.ts';
import { fitnessOfStaff } from '../fitness/fitness.ts';
import { caseId, commandId, counterId, sessionId, staffId, windowId } from '../ids/ids.ts';
import { dutyPost } from '../rota/slots.ts';
import { shift } from './Shift.ts';
import { checkResult, pauseReason, SHIFT_LIMITS, shiftId, thing } from './shiftTerms.ts';

const text = freeText(SHIFT_LIMITS.text.least, SHIFT_LIMITS.text.most);

/** A shift with its id, and the names of those it concerns. */
export const shiftView = shift
	.extend({ id: shiftId, displayName: z.string(), receiverName: z.string().nullable() })
	.meta({ id: 'ShiftView' });
export type ShiftView = z.infer<typeof shiftView>;

/** One thing in words: the case's number and enterprise, or the text itself. */
const thingInWords = z.object({ thing, title: z.string() }).meta({ id: 'ThingInWords' });
export type ThingInWords = z.infer<typeof thingInWords>;

/** What somebody needs to know about the own shift. */
export const ownShift = z
	.object({
		/** The one that is open or paused; else the last of today, or null. */
		shift: shiftView.nullable(),
		lacks: fitnessOfStaff.shape.person.shape.lacks,
		/** Of the window that was asked for; null: for none. */
		check: checkResult.nullable(),
		/** Handovers that wait for this person's confirmation. */
		offered: z.array(z.object({ shift: shiftView, things: z.array(thingInWords) })),
	})
	.meta({ id: 'OwnShift' });
export type OwnShift = z.infer<typeof ownShift>;
export const ownShiftQuery = z.strictObject({ windowId: windowId.optional() });

/** What there is to hand over, and to whom: the counter's other people, those on shift first. */
export const handoverDraft = z
	.object({
		things: z.array(thingInWords),
		receivers: z.array(z.object({ staffId, displayName: z.string(), onShift: z.boolean() })),
	})
	.meta({ id: 'HandoverDraft' });
export type HandoverDraft = z.infer<typeof handoverDraft>;

/** Who serves at a counter now, when it serves, and who does elsewhere, for whoever wants to call it. */
export const counterService = z
	.object({
		counterId,
		cityCode,
		/** Null: nobody knows, as the calendar does not reach so far. */
		open: z.boolean().nullable(),
		opensAt: z.iso.datetime().nullable(),
		people: z.array(
			z.object({
				staffId,
				displayName: z.string(),
				post: dutyPost.nullable(),
				state: z.enum(['free', 'inCall', 'paused', 'away']),
			}),
		),
		/** Counters at which somebody is free: of the same city first. */
		elsewhere: z.array(
			z.object({ counterId, counterName: z.string(), cityCode, names: z.array(z.string()) }),
		),
	})
	.meta({ id: 'CounterService' });
export type CounterService = z.infer<typeof counterService>;

export const openShiftBody = z.strictObject({ commandId, windowId, reason: text.nullable() });
export const pauseShiftBody = z.strictObject({ commandId, reason: pauseReason, note: text.nullable() });
export const resumeShiftBody = z.strictObject({ commandId });
const things = z.array(text).max(SHIFT_LIMITS.things);
export const offerHandoverBody = z.strictObject({
	commandId,
	to: staffId,
	cases: z.array(caseId).max(SHIFT_LIMITS.cases),
	sessions: z.array(sessionId).max(SHIFT_LIMITS.cases),
	seals: things,
	documents: things,
});
export const confirmThingBody = z.strictObject({ commandId, key: z.string().max(80) });
export const declineHandoverBody = z.strictObject({ commandId, reason: text });
export const withdrawHandoverBody = z.strictObject({ commandId });
export const closeShiftBody = z.strictObject({ commandId, unhanded: text.nullable() });
export const explainBody = z.strictObject({ commandId, staffId, date: z.iso.date(), text });
export type OpenShiftBody = z.infer<typeof openShiftBody>;
export type PauseShiftBody = z.infer<typeof pauseShiftBody>;
export type OfferHandoverBody = z.infer<typeof offerHandoverBody>;
export type CloseShiftBody = z.infer<typeof closeShiftBody>;
export type ExplainBody = z.infer<typeof explainBody>;
