import { z } from 'zod';
import { staffId, windowId } from '../ids/ids.ts';
import { slotChange } from './rota.ts';
import { slot } from './slots.ts';
import { weekday } from './week.ts';

/** On the timeline `rota:<counter>~<monday>`: the rota of one counter and one week (S4.2). */
export const rotaEvents = {
	/** Which days and windows serve from now on, and what becomes of the slots that change. */
	'rota.planned': z.object({
		servedDays: z.array(weekday),
		servedWindows: z.array(windowId),
		slots: z.array(slotChange),
		/** The Monday of the week that they were copied from. */
		copiedFrom: z.iso.date().nullable(),
	}),
	/** Complete; from here on everybody sees it. */
	'rota.published': z.object({}),
	/** Somebody is on leave from slots of his, and who stands in for him. */
	'rota.leaveGiven': z.object({
		staffId,
		reason: z.string(),
		slots: z.array(slot.extend({ substituteId: staffId.nullable() })),
	}),
	/** Somebody else stands in, or nobody. */
	'rota.substituted': slot.extend({ substituteId: staffId.nullable() }),
	/** The person is back at these slots. */
	'rota.leaveEnded': z.object({ slots: z.array(slot) }),
} as const;
