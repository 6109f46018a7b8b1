import { addDays, weekdayOf } from './localDate.ts';

/** What a year's notice of the State Council says: which days are off 放假, which weekends are worked 调休上班. */
interface NoticedYear {
	readonly year: number;
	readonly daysOff: readonly string[];
	readonly workedWeekends: readonly string[];
}

/** The years that are known, one after the other without a gap. All dates are those of Asia/Shanghai. */
export interface WorkCalendar {
	readonly years: readonly NoticedYear[];
}

/** What a date is. Nothing is known of one `beyond` the calendar: not even whether its weekend is worked. */
export type DayKind = 'weekday' | 'workedWeekend' | 'weekend' | 'dayOff' | 'beyond';

export function dayKind({ years }: WorkCalendar, date: string): DayKind {
	const noticed = years.find(({ year }) => year === Number(date.slice(0, 4)));
	if (!noticed) return 'beyond';
	if (noticed.workedWeekends.includes(date)) return 'workedWeekend';
	if (noticed.daysOff.includes(date)) return 'dayOff';
	return weekdayOf(date) > 5 ? 'weekend' : 'weekday';
}

const STATUS = {
	weekday: 'working',
	workedWeekend: 'working',
	weekend: 'off',
	dayOff: 'off',
	beyond: 'beyond',
} as const satisfies Record<DayKind, string>;

/** Whether a date is a working day 工作日 or a day off, or `beyond` what the calendar covers: never guessed. */
export const dayStatus = (calendar: WorkCalendar, date: string): (typeof STATUS)[DayKind] =>
	STATUS[dayKind(calendar, date)];

/** The last date that the calendar covers; null where it knows no year. */
export function coveredUntil({ years }: WorkCalendar): string | null {
	const last = years.at(-1);
	return last ? `${last.year}-12-31` : null;
}

/** Where reckoning came to. Where that lies beyond the calendar there is no date, and nobody may make one up. */
export type Reckoned =
	{ readonly beyond: false; readonly date: string } | { readonly beyond: true; readonly date: null };

/** The first working day on or after a date: a limit that ends on a day off rolls forward (民法典 第二百零三条). */
export function rollForward(calendar: WorkCalendar, date: string): Reckoned {
	for (let day = date; ; day = addDays(day, 1)) {
		const status = dayStatus(calendar, day);
		if (status === 'beyond') return { beyond: true, date: null };
		if (status === 'working') return { beyond: false, date: day };
	}
}

/**
 * The date that many working days later. The start does not count (民法典 第二百零一条), and may be a day off.
 * @param days a whole number from 0; 0 gives the start itself, rolled forward
 */
export function addWorkingDays(calendar: WorkCalendar, start: string, days: number): Reckoned {
	if (!Number.isSafeInteger(days) || days < 0) throw new RangeError(`${days} working days`);
	if (days === 0) return rollForward(calendar, start);
	let reached = rollForward(calendar, addDays(start, 1));
	for (let left = days - 1; left > 0 && !reached.beyond; left--)
		reached = rollForward(calendar, addDays(reached.date, 1));
	return reached;
}
