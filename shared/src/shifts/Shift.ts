import { z } from 'zod';
import { staffId, uuid } from '../ids/ids.ts';
import { role } from '../people/people.ts';
import { checkResult, handoverState, pauseReason, shiftPlace, thing } from './shiftTerms.ts';

/** 当班中 · 暂停 · 已结束 */
const shiftState = z.enum(['open', 'paused', 'closed']).meta({ id: 'ShiftState' });
export type ShiftState = z.infer<typeof shiftState>;

const time = z.iso.datetime();

/** `confirmed`: keys of the things that the receiver has. */
const handover = z
	.object({
		id: uuid,
		to: staffId,
		offeredAt: time,
		state: handoverState,
		settledAt: time.nullable(),
		things: z.array(thing),
		confirmed: z.array(z.string()),
		/** Why it was declined. */
		reason: z.string().nullable(),
	})
	.meta({ id: 'Handover' });
export type Handover = z.infer<typeof handover>;

const pause = z.object({
	reason: pauseReason,
	note: z.string().nullable(),
	from: time,
	to: time.nullable(),
});

/** One shift of one person, as its timeline has it. */
export const shift = z
	.object({
		staffId,
		role,
		...shiftPlace,
		state: shiftState,
		openedAt: time,
		check: checkResult,
		reason: z.string().nullable(),
		pauses: z.array(pause),
		/** The last one; earlier ones stay on the timeline. */
		handover: handover.nullable(),
		closedAt: time.nullable(),
		/** By the hub, as nobody did. */
		lapsed: z.boolean(),
		unhanded: z.string().nullable(),
		version: z.int(),
	})
	.meta({ id: 'Shift' });
export type Shift = z.infer<typeof shift>;
