import { z } from 'zod';
import { localDate } from '../calendar/localDate.ts';
import { cityCode } from '../cities/cities.ts';
import { freeText } from '../codes/freeText.ts';
import { commandId, counterId } from '../ids/ids.ts';
import { faultsOfSpans, span, type Span } from './spans.ts';

export const HOURS_LIMITS = {
	/** Of one day. */
	spans: 6,
	/** Dates of one counter that are not as their weekday has it. */
	exceptions: 200,
	/** For so many days after it an exception is kept. */
	keepDays: 400,
	reasonLength: 100,
	/** So far `openingAt` looks ahead. */
	aheadDays: 400,
} as const;

const spans = z.array(span).max(HOURS_LIMITS.spans);

/** Monday to Sunday. Those of Saturday and Sunday hold at ordinary weekends. */
const week = z.array(spans).length(7);
export type Week = readonly (readonly Span[])[];

const office: Span[] = [
	{ from: '09:00', to: '12:00' },
	{ from: '13:30', to: '17:00' },
];
/** The hours of a counter for which nobody has set any. */
export const DEFAULT_WEEK: Week = [office, office, office, office, office, [], []];

/** A date that is not as its weekday has it; without spans the counter is closed on it. */
export const hoursException = z
	.object({ date: localDate, spans, reason: z.string() })
	.meta({ id: 'HoursException' });
export type HoursException = z.infer<typeof hoursException>;

/** When a counter serves 服务时间: its week, and the dates that are not so, in ascending order. */
export interface Hours {
	readonly week: Week;
	readonly exceptions: readonly HoursException[];
}

/** The hours of one counter as everybody reads them. Exceptions that are long over are left out. */
export const counterHours = z
	.object({
		counterId,
		cityCode,
		/** Rises with each change; 0 while nobody has set anything. */
		version: z.int(),
		/** Whether the week is the one that counters have as long as nobody sets another. */
		isDefault: z.boolean(),
		week,
		exceptions: z.array(hoursException),
		changed: z.object({ at: z.iso.datetime(), by: z.string().nullable() }).nullable(),
	})
	.meta({ id: 'CounterHours' });
export type CounterHours = z.infer<typeof counterHours>;
export const hoursView = z.object({ counters: z.array(counterHours) }).meta({ id: 'Hours' });

/** `version`: the one last read, so that two administrators do not overwrite each other. */
const change = { commandId, version: z.int().min(0) };

/** What is wrong with the spans of several days is refused by name, one kind at a time. */
function refuseFaults(
	days: readonly (readonly Span[])[],
	context: z.RefinementCtx,
	pathOf: (day: number) => PropertyKey[],
) {
	const faults = days.flatMap((of, day) => faultsOfSpans(of).map((fault) => ({ ...fault, day })));
	for (const { error, index, day } of faults.filter((fault) => fault.error === faults[0]?.error)) {
		const path = [...pathOf(day), index];
		context.addIssue({ code: 'custom', path, message: error, params: { error } });
	}
}

export const setWeekBody = z
	.strictObject({ ...change, week })
	.superRefine((body, context) => refuseFaults(body.week, context, (day) => ['week', day]));
export type SetWeekBody = z.infer<typeof setWeekBody>;

export const setExceptionBody = z
	.strictObject({
		...change,
		/** Null: the date is again as its weekday has it. */
		exception: z.strictObject({ spans, reason: freeText(2, HOURS_LIMITS.reasonLength) }).nullable(),
	})
	.superRefine(({ exception }, context) => {
		if (exception) refuseFaults([exception.spans], context, () => ['exception', 'spans']);
	});
export type SetExceptionBody = z.infer<typeof setExceptionBody>;
