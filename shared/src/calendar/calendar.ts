import { z } from 'zod';
import { freeText } from '../codes/freeText.ts';
import { commandId } from '../ids/ids.ts';
import { faultsOf } from './calendarFaults.ts';
import { localDate } from './localDate.ts';

export const CALENDAR_LIMITS = {
	/** The first year whose notice is known in full, and the last that may be imported. */
	firstYear: 2004,
	lastYear: 2099,
	/** Of one year; notices so far name up to 33 days off and 12 worked weekends. */
	daysOff: 60,
	workedWeekends: 30,
	sourceLength: 100,
	/** The calendar is called short while fewer days than these are left. */
	warnDays: 60,
} as const;

/** The one timeline of the calendar, and the id of its document. */
export const CALENDAR_ID = 'cn';

const year = z.int().min(CALENDAR_LIMITS.firstYear).max(CALENDAR_LIMITS.lastYear);

/** A year as the State Council's notice 放假安排 has it. */
export const calendarYear = z
	.object({
		year,
		/** 放假; weekends inside a holiday may stand here or not. */
		daysOff: z.array(localDate).min(1).max(CALENDAR_LIMITS.daysOff),
		/** 调休上班: Saturdays and Sundays. */
		workedWeekends: z.array(localDate).max(CALENDAR_LIMITS.workedWeekends),
		/** Where it comes from: the number of the notice. */
		source: z.string(),
	})
	.meta({ id: 'CalendarYear' });
export type CalendarYear = z.infer<typeof calendarYear>;

/** The working-day calendar 工作日历, the same for all cities. */
export const calendarView = z
	.object({
		/** Rises with every year that is set; sent back with an import. */
		version: z.int(),
		/** The last date that is known; what lies beyond it is not guessed. */
		coveredUntil: localDate.nullable(),
		/** In ascending order, without a gap. */
		years: z.array(
			calendarYear.extend({
				at: z.iso.datetime(),
				/** Who imported it; null where it came with the product, or the name is not known any more. */
				by: z.string().nullable(),
			}),
		),
	})
	.meta({ id: 'Calendar' });
export type CalendarView = z.infer<typeof calendarView>;

/** A year to be imported, or to be corrected. What is wrong with its dates is refused by name, one kind at a time. */
export const importYearBody = z
	.strictObject({
		commandId,
		/** The one last read. */
		version: z.int(),
		...calendarYear.shape,
		source: freeText(4, CALENDAR_LIMITS.sourceLength),
	})
	.superRefine((body, context) => {
		const faults = faultsOf(body);
		for (const { error, list, index, date } of faults.filter((fault) => fault.error === faults[0]?.error)) {
			const path = [list, index];
			context.addIssue({ code: 'custom', path, message: `${date}: ${error}`, params: { error, date } });
		}
	});
export type ImportYearBody = z.infer<typeof importYearBody>;
