import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { counterId, staffId, windowId } from '../ids/ids.ts';
import type { Plan } from './rota.ts';
import { dutyPost, isSameSlot, slotsOf, type DutyPost } from './slots.ts';
import { half, localDate, type Half } from './week.ts';

/** Default: today in Shanghai. */
export const dutyQuery = z.strictObject({ date: localDate.optional() });

const named = z.object({ staffId, displayName: z.string() });

/** Who is at a post for half a day. `absent` is whom the rota names and who is not there: `person` stands in, if anybody. */
const dutyPlace = z.object({
	half,
	post: dutyPost,
	person: named.nullable(),
	absent: named.nullable(),
});
export type DutyPlaceView = z.infer<typeof dutyPlace>;

const counterDuty = z
	.object({
		counterId,
		counterName: z.string(),
		cityCode,
		/** Whether the rota of that week is published; without one nobody is known to be on duty. */
		published: z.boolean(),
		/** The windows that serve that day; none where it is a day without service. */
		windows: z.array(z.object({ windowId, number: z.int(), places: z.array(dutyPlace) })),
	})
	.meta({ id: 'CounterDuty' });
export type CounterDuty = z.infer<typeof counterDuty>;

/** Who is on duty 值班 on a day, by counter in the order of the cities. `half`: the present one, if the day is today. */
export const dutyView = z
	.object({ date: z.iso.date(), half: half.nullable(), counters: z.array(counterDuty) })
	.meta({ id: 'DutyOfDay' });
export type DutyView = z.infer<typeof dutyView>;

/** Who is at a post. `absentId`: whom the rota names and who is on leave or has left. */
export interface DutyPlace {
	readonly windowId: string;
	readonly half: Half;
	readonly post: DutyPost;
	readonly staffId: string | null;
	readonly absentId: string | null;
}

/**
 * Who is on duty on a day of a week, post by post, substitutes in place of those who are on leave.
 * @param isHere whether somebody still works at the counter
 */
export function dutyOf(plan: Plan, day: number, isHere: (staffId: string) => boolean): DutyPlace[] {
	if (!plan.servedDays.includes(day)) return [];
	return slotsOf([day], plan.servedWindows).map((one) => {
		const named = plan.assigned.find((assigned) => isSameSlot(assigned, one))?.staffId ?? null;
		const leave = plan.leaves.find((given) => isSameSlot(given, one));
		const meant = leave ? leave.substituteId : named;
		const there = meant !== null && isHere(meant) ? meant : null;
		const { windowId: id, half: ofDay, post } = one;
		return { windowId: id, half: ofDay, post, staffId: there, absentId: there === named ? null : named };
	});
}
