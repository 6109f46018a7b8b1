import { refuse, slotAtTime, staffIn } from './planning.ts';
import type { Leave, Plan } from './rota.ts';
import { isSameSlot, type Slot } from './slots.ts';

/** Somebody is on leave from slots, for a reason, with a substitute at each of them or nobody. */
interface LeaveGiven {
	readonly staffId: string;
	readonly reason: string;
	readonly slots: readonly (Slot & { substituteId: string | null })[];
}

export const leaveFrom = (plan: Plan, one: Slot): Leave | undefined =>
	plan.leaves.find((leave) => isSameSlot(leave, one));

/** The plan with a leave. Nobody's assignment changes. */
export const withLeave = (plan: Plan, { staffId, reason, slots }: LeaveGiven): Plan => ({
	...plan,
	leaves: [...plan.leaves, ...slots.map((one) => ({ ...one, staffId, reason }))],
});

export const withSubstitute = (plan: Plan, one: Slot, substituteId: string | null): Plan => ({
	...plan,
	leaves: plan.leaves.map((leave) => (isSameSlot(leave, one) ? { ...leave, substituteId } : leave)),
});

export const withoutLeave = (plan: Plan, slots: readonly Slot[]): Plan => ({
	...plan,
	leaves: plan.leaves.filter((leave) => !slots.some((one) => isSameSlot(leave, one))),
});

/** @throws AppError `notInSlot`, `slotOnLeave` where it is given already, `busyElsewhere` of a substitute, with the slots */
export function assertLeave(plan: Plan, { staffId, slots }: LeaveGiven): void {
	refuse(
		'notInSlot',
		slots.filter((one) => staffIn(plan, one) !== staffId),
	);
	refuse(
		'slotOnLeave',
		slots.filter((one) => leaveFrom(plan, one) !== undefined),
	);
	// A person has one slot in a half-day, so no two of these ask for a substitute at the same time.
	for (const { substituteId, ...one } of slots) assertFree(plan, one, substituteId);
}

/** @throws AppError `slotNotOnLeave`, `busyElsewhere` */
export function assertSubstitute(plan: Plan, one: Slot, substituteId: string | null): void {
	assertOnLeave(plan, [one]);
	if (leaveFrom(plan, one)?.substituteId !== substituteId) assertFree(plan, one, substituteId);
}

/** @throws AppError `slotNotOnLeave` */
export function assertOnLeave(plan: Plan, slots: readonly Slot[]): void {
	refuse(
		'slotNotOnLeave',
		slots.filter((one) => leaveFrom(plan, one) === undefined),
	);
}

function assertFree(plan: Plan, one: Slot, substituteId: string | null): void {
	const other = substituteId === null ? undefined : slotAtTime(plan, substituteId, one);
	if (other) refuse('busyElsewhere', [one, other]);
}
