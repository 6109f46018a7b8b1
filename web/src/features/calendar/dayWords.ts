import type { DayKind } from '@counter-hub/shared/calendar/workCalendar.ts';
import { m } from '#paraglide/messages.js';
import { getLocale } from '#paraglide/runtime.js';

const format = (options: Intl.DateTimeFormatOptions) => {
	const inUtc = { timeZone: 'UTC', ...options } as const;
	return { 'zh-CN': new Intl.DateTimeFormat('zh-CN', inUtc), en: new Intl.DateTimeFormat('en-GB', inUtc) };
};
const months = format({ month: 'long' });
const weekdays = format({ weekday: 'short' });
const letters = format({ weekday: 'narrow' });

/** `2026-11-23`: a Monday. */
const MONDAY = Date.UTC(2026, 10, 23);
const DAY_MS = 86_400_000;

/** `十一月`, `November`; from 1. */
export const monthName = (month: number): string => months[getLocale()].format(Date.UTC(2026, month - 1));
/** `周一`, `Mon` of a date. */
export const weekdayName = (date: string): string => weekdays[getLocale()].format(Date.parse(date));
/** `周一`, `Mon`, from 1 Monday to 7. */
export const weekdayWord = (weekday: number): string =>
	weekdays[getLocale()].format(MONDAY + (weekday - 1) * DAY_MS);
/** `一`, `M`: heads of the columns of a month, from Monday. */
export const weekdayLetters = (): string[] =>
	Array.from({ length: 7 }, (_, index) => letters[getLocale()].format(MONDAY + index * DAY_MS));

const KINDS: Record<DayKind, () => string> = {
	weekday: m.calendar_kind_weekday,
	workedWeekend: m.calendar_kind_worked,
	weekend: m.calendar_kind_weekend,
	dayOff: m.calendar_kind_off,
	beyond: m.calendar_kind_beyond,
};
export const kindName = (kind: DayKind): string => KINDS[kind]();
