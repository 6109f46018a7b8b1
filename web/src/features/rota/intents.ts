import type { PlanChange } from '@counter-hub/shared/rota/bodies.ts';
import { movesBetween, slotAtTime, staffIn, withChange } from '@counter-hub/shared/rota/planning.ts';
import type { Plan, SlotChange } from '@counter-hub/shared/rota/rota.ts';
import type { Slot } from '@counter-hub/shared/rota/slots.ts';

/**
 * What a planner wants. It becomes a change only on the plan that it is applied to, so that it can be done once more
 * when somebody else was faster.
 */
export type Intent =
	| { readonly kind: 'place'; readonly slots: readonly Slot[]; readonly staffId: string }
	| { readonly kind: 'clear'; readonly slots: readonly Slot[] }
	| { readonly kind: 'serve'; readonly days?: readonly number[]; readonly windows?: readonly string[] }
	| { readonly kind: 'set'; readonly change: PlanChange; readonly copiedFrom?: string };

/** The change that an intent makes of a plan. */
export function changeOf(plan: Plan, intent: Intent): PlanChange {
	switch (intent.kind) {
		case 'place':
			return between(
				plan,
				intent.slots.reduce((on, slot) => placed(on, slot, intent.staffId), plan),
			);
		case 'clear':
			return {
				slots: intent.slots
					.filter((slot) => staffIn(plan, slot) !== null)
					.map((slot) => ({ ...slot, staffId: null })),
			};
		case 'serve':
			return {
				...(intent.days && { servedDays: [...intent.days] }),
				...(intent.windows && { servedWindows: [...intent.windows] }),
				slots: [],
			};
		case 'set':
			return intent.change;
	}
}

/** Somebody comes to a slot. Where he leaves another one of that half-day, whoever was here takes his place there. */
function placed(plan: Plan, slot: Slot, staffId: string): Plan {
	const was = staffIn(plan, slot);
	if (was === staffId) return plan;
	const left = slotAtTime(plan, staffId, slot);
	const slots: SlotChange[] = [{ ...slot, staffId }];
	// A substitute is in no slot of his own: the hub says why he cannot come.
	if (left && staffIn(plan, left) === staffId) {
		const { windowId, day, half, post } = left;
		slots.push({ windowId, day, half, post, staffId: was });
	}
	return withChange(plan, { slots });
}

/** What leads from one plan to another. */
export function between(before: Plan, after: Plan): PlanChange {
	const isOther = (one: readonly unknown[], other: readonly unknown[]) => one.join() !== other.join();
	return {
		...(isOther(before.servedDays, after.servedDays) && { servedDays: [...after.servedDays] }),
		...(isOther(before.servedWindows, after.servedWindows) && { servedWindows: [...after.servedWindows] }),
		slots: movesBetween(before, after).flatMap(({ windowId, day, half, post, to }) =>
			// Slots that no longer serve become free by that alone.
			to === null && !(after.servedDays.includes(day) && after.servedWindows.includes(windowId))
				? []
				: [{ windowId, day, half, post, staffId: to }],
		),
	};
}

export const isNothing = ({ servedDays, servedWindows, slots }: PlanChange): boolean =>
	servedDays === undefined && servedWindows === undefined && slots.length === 0;
