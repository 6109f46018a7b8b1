import { AppError } from '../errors/AppError.ts';
import type { ErrorKey } from '../errors/errorCatalogue.ts';
import type { PlanChange } from './bodies.ts';
import type { Plan, SlotMove } from './rota.ts';
import { isSameSlot, isSameTime, slotKey, slotsOf, type Slot } from './slots.ts';

/** Who is in a slot by the rota, on leave or not. */
export const staffIn = (plan: Plan, one: Slot): string | null =>
	plan.assigned.find((assigned) => isSameSlot(assigned, one))?.staffId ?? null;

const isServed = (plan: Plan, { day, windowId }: Slot): boolean =>
	plan.servedDays.includes(day) && plan.servedWindows.includes(windowId);

/** The slots that need somebody and have nobody. One on leave has somebody: he is named, and seen to be away. */
export function uncoveredSlots(plan: Plan): Slot[] {
	const filled = new Set(plan.assigned.map(slotKey));
	return slotsOf(plan.servedDays, plan.servedWindows).filter((one) => !filled.has(slotKey(one)));
}

/** Where somebody is in a half-day: in a slot of his own, on leave from it too, or as a substitute. */
export const slotAtTime = (plan: Plan, staffId: string, time: Pick<Slot, 'day' | 'half'>): Slot | undefined =>
	plan.assigned.find((one) => one.staffId === staffId && isSameTime(one, time)) ??
	plan.leaves.find((one) => one.substituteId === staffId && isSameTime(one, time));

/** The slots in which two plans name different people. */
export function movesBetween(before: Plan, after: Plan): SlotMove[] {
	const places = new Map([...before.assigned, ...after.assigned].map((one) => [slotKey(one), one]));
	return [...places.values()].flatMap(({ windowId, day, half, post }) => {
		const one = { windowId, day, half, post };
		const [from, to] = [staffIn(before, one), staffIn(after, one)];
		return from === to ? [] : [{ ...one, from, to }];
	});
}

/** The plan with a change, whether it is allowed or not. */
export function withChange(plan: Plan, change: PlanChange): Plan {
	const changed = new Set(change.slots.map(slotKey));
	const served = {
		...plan,
		servedDays: (change.servedDays ?? plan.servedDays).toSorted((a, b) => a - b),
		servedWindows: change.servedWindows ?? plan.servedWindows,
	};
	const assigned = [
		...plan.assigned.filter((one) => !changed.has(slotKey(one))),
		...change.slots.flatMap(({ staffId, ...one }) => (staffId === null ? [] : [{ ...one, staffId }])),
	];
	return { ...served, assigned: assigned.filter((one) => isServed(served, one)) };
}

/**
 * The plan with a change of it.
 * @throws AppError `slotNotServed`, `slotOnLeave`, `sameBothPosts`, `busyElsewhere`, each with the slots to blame
 */
export function changePlan(plan: Plan, change: PlanChange): Plan {
	const after = withChange(plan, change);
	refuse(
		'slotNotServed',
		change.slots.filter((one) => one.staffId !== null && !isServed(after, one)),
	);
	const moves = movesBetween(plan, after);
	refuse(
		'slotOnLeave',
		moves.filter((one) => plan.leaves.some((leave) => isSameSlot(leave, one))),
	);
	for (const move of moves) if (move.to !== null) assertAlone(after, move, move.to);
	return after;
}

/** Somebody is in this slot and in no other one of the half-day. */
function assertAlone(plan: Plan, here: Slot, staffId: string): void {
	const others = [
		...plan.assigned.filter((one) => one.staffId === staffId),
		...plan.leaves.filter((one) => one.substituteId === staffId),
	].filter((one) => isSameTime(one, here) && !isSameSlot(one, here));
	const [other] = others;
	if (!other) return;
	refuse(other.windowId === here.windowId ? 'sameBothPosts' : 'busyElsewhere', [here, other]);
}

/** @throws AppError of that key, unless there are no slots to blame */
export function refuse(key: ErrorKey, slots: readonly Slot[]): void {
	if (slots.length === 0) return;
	throw new AppError(key, {
		fields: slots.map(({ windowId, day, half, post }) => ({
			path: slotKey({ windowId, day, half, post }),
			code: key,
			message: `window ${windowId}, day ${day}, ${half}, post ${post.toUpperCase()}`,
			params: { windowId, day, half, post },
		})),
	});
}
