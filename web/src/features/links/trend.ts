import { addDays, daysBetween } from '@counter-hub/shared/calendar/localDate.ts';
import type { LinkHistory } from '@counter-hub/shared/links/matrix.ts';

type HistoryDay = LinkHistory['days'][number];

/** The last days, oldest first, up to and with `until`; null where nothing was measured. Pure. */
export function lastDays(
	{ until, days }: Pick<LinkHistory, 'until' | 'days'>,
	count: number,
): { date: string; day: HistoryDay | null }[] {
	const byDate = new Map(days.map((day) => [day.date, day]));
	return Array.from({ length: count }, (_, at) => {
		const date = addDays(until, at + 1 - count);
		return { date, day: byDate.get(date) ?? null };
	});
}

/** A line of values over days, in shares of the width and height that it is drawn in; `y` grows downwards. */
export interface Trend {
	points: { x: number; y: number; date: string; value: number }[];
	/** Values of the lowest and the highest line of the axis. */
	axis: { low: number; high: number };
	low: number;
	high: number;
	last: { date: string; value: number };
}

/** The round trip over the last days, in ms; null where there is no figure at all. Pure. */
export function roundTripTrend(history: Pick<LinkHistory, 'until' | 'days'>, count: number): Trend | null {
	const known = lastDays(history, count).flatMap(({ date, day }) =>
		day === null || day.roundTripMs === null ? [] : [{ date, value: day.roundTripMs }],
	);
	const last = known.at(-1);
	if (!last) return null;
	const values = known.map(({ value }) => value);
	const [low, high] = [Math.min(...values), Math.max(...values)];
	const axis = axisOf(low, high);
	const first = addDays(history.until, 1 - count);
	return {
		points: known.map(({ date, value }) => ({
			x: count === 1 ? 0 : daysBetween(first, date) / (count - 1),
			y: (axis.high - value) / (axis.high - axis.low),
			date,
			value,
		})),
		axis,
		low,
		high,
		last,
	};
}

/** Round numbers around all values. */
function axisOf(low: number, high: number): Trend['axis'] {
	const step = roundStep(Math.max(high - low, 10));
	const from = Math.floor(low / step) * step;
	return { low: from, high: Math.max(Math.ceil(high / step) * step, from + step) };
}

/** 1, 2 or 5 times a power of ten, a third of the range or more. */
function roundStep(range: number): number {
	const power = 10 ** Math.floor(Math.log10(range / 3));
	return ([1, 2, 5].find((times) => times * power >= range / 3) ?? 10) * power;
}
