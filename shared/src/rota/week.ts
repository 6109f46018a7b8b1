import { z } from 'zod';
import { addDays, weekdayOf } from '../calendar/localDate.ts';
import { shanghaiDate } from '../calendar/shanghaiDate.ts';

/** Half a day: `am` 上午, until noon in Shanghai, or `pm` 下午. */
export const half = z.enum(['am', 'pm']).meta({ id: 'HalfDay' });
export type Half = z.infer<typeof half>;

/** 1 Monday to 7 Sunday. */
export const weekday = z.int().min(1).max(7);
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** Before and after these nobody plans anything, and dates keep their ten characters. */
const [FIRST, LAST] = ['2020-01-01', '2099-12-31'];

/** A local date in Shanghai, `2026-11-23`. */
export const localDate = z.iso.date().refine((date) => date >= FIRST && date <= LAST, {
	error: `lies before ${FIRST} or after ${LAST}`,
});

/** A week, named by the date of its Monday. */
export const monday = localDate.refine((date) => weekdayOf(date) === 1, {
	error: 'is not a Monday',
	params: { error: 'notMonday' },
});

/** The Monday of the week that a date lies in. */
export const mondayOf = (date: string): string => addDays(date, 1 - weekdayOf(date));

/** The Monday of the week in Shanghai at an instant (ms since 1970). */
export const weekAt = (epochMs: number): string => mondayOf(shanghaiDate(epochMs));

/** The half-day in Shanghai at an instant (ms since 1970). */
export function halfAt(epochMs: number): Half {
	const hour = new Date(epochMs + 8 * 3_600_000).getUTCHours();
	return hour < 12 ? 'am' : 'pm';
}
