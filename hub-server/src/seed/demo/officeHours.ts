import type { Random } from './random.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SHANGHAI = 8 * 60 * MINUTE;
const OPENS = 9 * 60;
const LAST_CASE = 16 * 60 + 10;

/** The time itself if a counter is open then (Monday to Friday, Shanghai), else some minutes after it opens next. */
export function withinOfficeHours(at: number, random: Random): number {
	const local = at + SHANGHAI;
	const minute = Math.floor((local % DAY) / MINUTE);
	if (isWeekday(local) && minute >= OPENS && minute < LAST_CASE) return at;
	let day = local - (local % DAY);
	if (minute >= OPENS || !isWeekday(day)) {
		do day += DAY;
		while (!isWeekday(day));
	}
	return day + (OPENS + random.between(5, 70)) * MINUTE - SHANGHAI;
}

/** Some moment of an open counter, that many days before `now` or a little later. */
export function officeMoment(now: number, daysBefore: number, random: Random): number {
	const local = now + SHANGHAI - daysBefore * DAY;
	const midnight = local - (local % DAY);
	return withinOfficeHours(midnight + random.between(OPENS, LAST_CASE - 60) * MINUTE - SHANGHAI, random);
}

/** `local`: milliseconds of the local clock, as if it were UTC. */
function isWeekday(local: number): boolean {
	const day = new Date(local).getUTCDay();
	return day !== 0 && day !== 6;
}
