import { z } from 'zod';
import { daysBetween, startOfDay } from '../calendar/localDate.ts';
import { cityCode } from '../cities/cities.ts';
import { minuteOf, span, type Span } from '../hours/spans.ts';
import { counterId, staffId } from '../ids/ids.ts';
import { role } from '../people/people.ts';
import { dutyPost } from '../rota/slots.ts';
import { half, type Half } from '../rota/week.ts';
import { shiftView } from './shifts.ts';
import { SHIFT_LIMITS } from './shiftTerms.ts';

/**
 * 未到时间 · 到岗 · 迟到 · 早退 · 迟到早退 · 未到岗 (and the time is not over) · 缺勤 · 不服务 (on the rota, and the counter
 * is closed)
 */
const attendanceState = z
	.enum(['ahead', 'present', 'late', 'early', 'lateAndEarly', 'missing', 'absent', 'notServed'])
	.meta({ id: 'AttendanceState' });
export type AttendanceState = z.infer<typeof attendanceState>;

const minutes = z.int().min(0);
/** Half a day for which somebody stands on the rota, held against the hours and the shifts. */
const attendedHalf = z
	.object({
		half,
		post: dutyPost,
		windowNumber: z.int().nullable(),
		/** The hours of the counter in this half-day. */
		spans: z.array(span),
		state: attendanceState,
		lateMinutes: minutes,
		earlyMinutes: minutes,
		/** Within the hours, up to now. */
		servedMinutes: minutes,
		dueMinutes: minutes,
	})
	.meta({ id: 'AttendedHalf' });
export type AttendedHalf = z.infer<typeof attendedHalf>;

/** One person on one day (S7.1a): what was to be, what was, and what was said about it. */
const attendanceRow = z
	.object({
		date: z.iso.date(),
		counterId,
		counterName: z.string(),
		cityCode,
		staffId,
		displayName: z.string(),
		role,
		/** Without any the person was not on the rota. */
		halves: z.array(attendedHalf),
		shifts: z.array(shiftView),
		explanations: z.array(z.object({ at: z.iso.datetime(), by: z.string(), text: z.string() })),
	})
	.meta({ id: 'AttendanceRow' });
export type AttendanceRow = z.infer<typeof attendanceRow>;

/** Both ends are in it, at most `SHIFT_LIMITS.days` apart; a day or more may lie ahead. */
export const attendanceQuery = z
	.strictObject({
		from: z.iso.date(),
		to: z.iso.date(),
		counterId: counterId.optional(),
		staffId: staffId.optional(),
	})
	.refine(({ from, to }) => from <= to && daysBetween(from, to) < SHIFT_LIMITS.days, {
		error: `to is before from, or more than ${SHIFT_LIMITS.days} days are asked for`,
		path: ['to'],
	});
export type AttendanceQuery = z.infer<typeof attendanceQuery>;
export const attendanceList = z.object({ rows: z.array(attendanceRow) }).meta({ id: 'AttendanceList' });

/** From and to in ms since 1970. */
interface Interval {
	readonly from: number;
	readonly to: number;
}

export interface Presence {
	readonly openedAt: string;
	readonly closedAt: string | null;
}

/** The hours of a day that lie in one half of it; what reaches over noon is in both. */
export function spansOfHalf(spans: readonly Span[], ofDay: Half): Span[] {
	const [from, to] = ofDay === 'am' ? ['00:00', '12:00'] : ['12:00', '24:00'];
	return spans.flatMap((one) => {
		const clipped = { from: one.from > from ? one.from : from, to: one.to < to ? one.to : to };
		return clipped.from < clipped.to ? [clipped] : [];
	});
}

/**
 * How somebody attended half a day: the hours that the counter serves in it, against the shifts that were open. A pause is
 * not an absence; it is shown with the shift. Pure.
 * @param now ms since 1970
 */
export function attend(
	date: string,
	spans: readonly Span[],
	shifts: readonly Presence[],
	now: number,
): Pick<AttendedHalf, 'state' | 'lateMinutes' | 'earlyMinutes' | 'servedMinutes' | 'dueMinutes'> {
	const due = spans.map(({ from, to }): Interval => ({ from: moment(date, from), to: moment(date, to) }));
	const there = shifts
		.map(({ openedAt, closedAt }): Interval & { isOpen: boolean } => ({
			from: Date.parse(openedAt),
			to: closedAt === null ? Math.max(now, Date.parse(openedAt)) : Date.parse(closedAt),
			isOpen: closedAt === null,
		}))
		.toSorted((a, b) => a.from - b.from);
	const [first, last] = [due[0], due.at(-1)];
	const dueMinutes = inMinutes(due.reduce((sum, { from, to }) => sum + to - from, 0));
	const nothing = { lateMinutes: 0, earlyMinutes: 0, servedMinutes: 0, dueMinutes };
	if (!first || !last) return { state: 'notServed', ...nothing };
	const within = there.filter(({ from, to }) => from < last.to && to > first.from);
	const [came, went] = [within[0], within.toSorted((a, b) => a.to - b.to).at(-1)];
	if (!came || !went) {
		if (now <= first.from) return { state: 'ahead', ...nothing };
		if (now >= last.to) return { state: 'absent', ...nothing };
		return { state: 'missing', ...nothing, lateMinutes: inMinutes(now - first.from) };
	}
	const lateMinutes = inMinutes(Math.max(0, came.from - first.from));
	const earlyMinutes = went.isOpen ? 0 : inMinutes(Math.max(0, Math.min(last.to, now) - went.to));
	const servedMinutes = inMinutes(covered(due, within));
	const isLate = lateMinutes > 0;
	const state = earlyMinutes > 0 ? (isLate ? 'lateAndEarly' : 'early') : isLate ? 'late' : 'present';
	return { state, lateMinutes, earlyMinutes, servedMinutes, dueMinutes };
}

/** How long of the hours somebody was there; shifts of one person do not overlap. */
const covered = (due: readonly Interval[], there: readonly Interval[]): number =>
	due.reduce(
		(sum, one) =>
			sum +
			there.reduce(
				(part, { from, to }) => part + Math.max(0, Math.min(one.to, to) - Math.max(one.from, from)),
				0,
			),
		0,
	);

const moment = (date: string, time: string): number => startOfDay(date) + minuteOf(time) * 60_000;
/** Whole minutes: seconds are not held against anybody. */
const inMinutes = (ms: number): number => Math.floor(ms / 60_000);
