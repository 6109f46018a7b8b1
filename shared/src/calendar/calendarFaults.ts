import { weekdayOf } from './localDate.ts';

interface Lists {
	readonly year: number;
	readonly daysOff: readonly string[];
	readonly workedWeekends: readonly string[];
}

/** What is wrong with one date of a year that is to be imported; `error` is its key in the catalogue. */
export interface CalendarFault {
	readonly error: 'dateOfAnotherYear' | 'dateTwice' | 'workedNoWeekend' | 'offAndWorked';
	readonly list: 'daysOff' | 'workedWeekends';
	/** Place in that list. */
	readonly index: number;
	readonly date: string;
}

/** Everything that is wrong with a year, in the order of its lists; nothing where it may be imported. */
export function faultsOf({ year, daysOff, workedWeekends }: Lists): CalendarFault[] {
	const inList = (list: CalendarFault['list'], dates: readonly string[]) =>
		dates.flatMap((date, index): CalendarFault[] => {
			const error = faultOf(date, dates.indexOf(date) < index, list);
			return error ? [{ error, list, index, date }] : [];
		});
	const faultOf = (date: string, isRepeated: boolean, list: CalendarFault['list']) => {
		if (Number(date.slice(0, 4)) !== year) return 'dateOfAnotherYear';
		if (isRepeated) return 'dateTwice';
		if (list === 'daysOff') return undefined;
		if (weekdayOf(date) < 6) return 'workedNoWeekend';
		return daysOff.includes(date) ? 'offAndWorked' : undefined;
	};
	return [...inList('daysOff', daysOff), ...inList('workedWeekends', workedWeekends)];
}
