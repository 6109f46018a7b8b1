import { addDays, startOfDay, weekdayOf } from '../calendar/localDate.ts';
import { shanghaiDate } from '../calendar/shanghaiDate.ts';
import { dayKind, type DayKind, type WorkCalendar } from '../calendar/workCalendar.ts';
import { HOURS_LIMITS, type Hours } from './hours.ts';
import { minuteOf, type Span } from './spans.ts';

/** The hours of one date, and why they are so. */
export interface DayHours {
	/** In order; empty: closed. Null: nobody knows, as the calendar does not reach the date. */
	readonly spans: readonly Span[] | null;
	readonly why: DayKind | 'exception';
	/** Of an exception, as it was given. */
	readonly reason: string | null;
}

/**
 * When a counter serves on a date. An exception goes before everything; days off 放假 are closed; a weekend has its own
 * hours, usually none. A weekend day that is worked 调休上班 has those of the weekday beside it: Saturday those of
 * Friday, Sunday those of Monday.
 */
export function hoursOn({ week, exceptions }: Hours, calendar: WorkCalendar, date: string): DayHours {
	const exception = exceptions.find((one) => one.date === date);
	if (exception) return { spans: exception.spans, why: 'exception', reason: exception.reason };
	const why = dayKind(calendar, date);
	if (why === 'beyond') return { spans: null, why, reason: null };
	if (why === 'dayOff') return { spans: [], why, reason: null };
	const weekday = weekdayOf(date);
	const asOf = why === 'workedWeekend' ? BESIDE_WEEKEND[weekday] : weekday;
	return { spans: week[(asOf ?? weekday) - 1] ?? [], why, reason: null };
}

const BESIDE_WEEKEND: Partial<Record<number, number>> = { 6: 5, 7: 1 };

/** How a counter stands at a moment. Times are in milliseconds since 1970. */
export interface Opening {
	/** Null where the calendar does not reach the day, so that nobody knows. */
	readonly open: boolean | null;
	/** When it closes; null unless it is open. */
	readonly until: number | null;
	/** When it opens next, after `until` where it is open; null where it does not within a year, or nobody knows. */
	readonly next: number | null;
	/** Whether what is null lies beyond the calendar. */
	readonly beyond: boolean;
}

/** Whether a counter is open, until when, and when it opens next (S6.1). Hours inform; they never keep anybody from serving. */
export function openingAt(hours: Hours, calendar: WorkCalendar, at: number): Opening {
	const today = shanghaiDate(at);
	let until: number | null = null;
	for (let ahead = 0; ahead < HOURS_LIMITS.aheadDays; ahead++) {
		const date = addDays(today, ahead);
		const { spans } = hoursOn(hours, calendar, date);
		if (spans === null) return { open: ahead === 0 ? null : until !== null, until, next: null, beyond: true };
		for (const { from, to } of spans) {
			const begins = momentOf(date, from);
			const ends = momentOf(date, to);
			if (ends <= at) continue;
			// What follows without a pause, past midnight too, is the same time of service.
			if (begins <= at || begins === until) until = ends;
			else return { open: until !== null, until, next: begins, beyond: false };
		}
	}
	return { open: until !== null, until, next: null, beyond: false };
}

const momentOf = (date: string, time: string): number => startOfDay(date) + minuteOf(time) * 60_000;
