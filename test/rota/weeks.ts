import type { Plan, SlotChange } from '@counter-hub/shared/rota/rota.ts';
import { slotsOf, type Slot } from '@counter-hub/shared/rota/slots.ts';

/** A window's posts for a week by two people. */
export const pairIn = (windowId: string, a: string, b: string, days = [1, 2, 3, 4, 5]): SlotChange[] =>
	slotsOf(days, [windowId]).map((one) => ({ ...one, staffId: one.post === 'a' ? a : b }));

/** A plan of one window, complete by two people. */
export const completePlan = (windowId: string, a: string, b: string): Plan => ({
	servedDays: [1, 2, 3, 4, 5],
	servedWindows: [windowId],
	assigned: pairIn(windowId, a, b).flatMap(({ staffId, ...one }) =>
		staffId === null ? [] : [{ ...one, staffId }],
	),
	leaves: [],
});

export const slotOf = (windowId: string, day: number, half: Slot['half'], post: Slot['post']): Slot => ({
	windowId,
	day,
	half,
	post,
});
