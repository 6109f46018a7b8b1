import type { DayHours, Opening } from '@counter-hub/shared/hours/opening.ts';
import type { Span } from '@counter-hub/shared/hours/spans.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { kindName } from '#features/calendar/dayWords.ts';
import { hourMinute, whenFull } from '#platform/format.ts';
import { m } from '#paraglide/messages.js';
import type { TypedFault } from './faultIn.ts';

/** `09:00–12:00、13:30–17:00`, or that the counter is closed. */
export const spansText = (spans: readonly Span[]): string =>
	spans.length === 0
		? m.hours_closed()
		: spans.map(({ from, to }) => `${from}–${to}`).join(m.common_listComma());

/** Why a day is as it is: `放假`, `停电检修`; nothing for an ordinary working day. */
export function whyText({ why, reason }: DayHours): string {
	if (why === 'exception') return m.hours_why_exception({ reason: reason ?? '' });
	return why === 'weekday' ? '' : kindName(why);
}

/** `服务中，至 12:00`; times of another day have their date. */
export function openingText({ open, until, next, beyond }: Opening, now: number): string {
	const at = (moment: number) =>
		shanghaiDate(moment) === shanghaiDate(now)
			? hourMinute(moment)
			: whenFull(new Date(moment).toISOString(), now);
	if (open === null) return m.hours_now_unknown();
	if (open && until !== null) return m.hours_now_open({ at: at(until) });
	if (next !== null) return m.hours_now_closed({ at: at(next) });
	return beyond ? m.hours_now_closedBeyond() : m.hours_now_never();
}

const FAULTS: Record<TypedFault['error'], () => string> = {
	unreadable: m.hours_fault_unreadable,
	spanAtMidnight: m.hours_fault_midnight,
	spanBackwards: m.hours_fault_backwards,
	spansOverlap: m.hours_fault_overlap,
};
export const faultText = ({ error }: TypedFault): string => FAULTS[error]();
