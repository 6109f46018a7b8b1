import { z } from 'zod';
import { windowId } from '../ids/ids.ts';
import { half, weekday } from './week.ts';

/** Post at a window (S4.2): A岗 serves, B岗 stands ready to take over. */
export const dutyPost = z.enum(['a', 'b']).meta({ id: 'DutyPost' });
export type DutyPost = z.infer<typeof dutyPost>;

/** What one person fills: a post of a window for half a day of the week. */
export const slot = z.strictObject({ windowId, day: weekday, half, post: dutyPost }).meta({ id: 'RotaSlot' });
export type Slot = z.infer<typeof slot>;

/** The same for the same slot, within a week. */
export const slotKey = (one: Slot): string => `${one.windowId}/${one.day}${one.half}/${one.post}`;

export const isSameSlot = (one: Slot, other: Slot): boolean => slotKey(one) === slotKey(other);

/** Nobody can be in two of these. */
export const isSameTime = (one: Pick<Slot, 'day' | 'half'>, other: Pick<Slot, 'day' | 'half'>): boolean =>
	one.day === other.day && one.half === other.half;

/** The slots of windows on days, in the order of time, windows as given, A before B. */
export const slotsOf = (days: readonly number[], windowIds: readonly string[]): Slot[] =>
	days.flatMap((day) =>
		half.options.flatMap((ofDay) =>
			windowIds.flatMap((id) => dutyPost.options.map((post) => ({ windowId: id, day, half: ofDay, post }))),
		),
	);
