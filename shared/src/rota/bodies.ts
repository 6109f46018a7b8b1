import { z } from 'zod';
import { freeText } from '../codes/freeText.ts';
import { commandId, staffId, windowId } from '../ids/ids.ts';
import { ROTA_LIMITS, slotChange } from './rota.ts';
import { slot, slotKey, type Slot } from './slots.ts';
import { monday, weekday } from './week.ts';

const isOnce = (slots: readonly Slot[]): boolean => new Set(slots.map(slotKey)).size === slots.length;
const once = { error: 'a slot stands twice' };
const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

/** `version` is the one last read; with another one by now the command is refused with `staleVersion`. */
const command = { commandId, version: z.int().min(0) };

/** A step of planning; what is not named stays as it is. Slots of days and windows that no longer serve become free. */
export const planBody = z.strictObject({
	...command,
	servedDays: z.array(weekday).max(7).refine(distinct).optional(),
	servedWindows: z.array(windowId).max(40).refine(distinct).optional(),
	slots: z.array(slotChange).max(ROTA_LIMITS.slotsPerChange).refine(isOnce, once).default([]),
	/** The week that these slots were copied from. */
	copiedFrom: monday.optional(),
});
export type PlanChange = Pick<z.output<typeof planBody>, 'servedDays' | 'servedWindows' | 'slots'>;

export const publishBody = z.strictObject(command);

const leaveSlots = z.array(slot).min(1).max(ROTA_LIMITS.slotsPerLeave);
/** Somebody is on leave from slots of his; for each of them who stands in, or nobody yet. */
export const leaveBody = z.strictObject({
	...command,
	staffId,
	reason: freeText(ROTA_LIMITS.reason.least, ROTA_LIMITS.reason.most),
	slots: z
		.array(slot.extend({ substituteId: staffId.nullable() }))
		.min(1)
		.max(ROTA_LIMITS.slotsPerLeave)
		.refine(isOnce, once),
});

/** Who stands in for a person who is on leave already; null: nobody. */
export const substituteBody = z.strictObject({ ...command, slot, substituteId: staffId.nullable() });

/** Back from leave 销假. */
export const endLeaveBody = z.strictObject({ ...command, slots: leaveSlots.refine(isOnce, once) });
