import { z } from 'zod';

/** A time of day in Shanghai, `09:00`. A day may end at `24:00`; none begins there. */
export const clockTime = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/);

/** From one time to another of the same day; the end itself is no longer in it. */
export const span = z.object({ from: clockTime, to: clockTime }).meta({ id: 'Span' });
export type Span = z.infer<typeof span>;

/** What is wrong with one span of a day; `error` is its key in the catalogue. */
export interface SpanFault {
	readonly error: 'spanAtMidnight' | 'spanBackwards' | 'spansOverlap';
	/** Place among the spans of the day. */
	readonly index: number;
}

/** Everything that is wrong with the spans of a day; the order in which they stand does not matter. */
export function faultsOfSpans(spans: readonly Span[]): SpanFault[] {
	return spans.flatMap(({ from, to }, index): SpanFault[] => {
		if (from === '24:00' || to === '00:00') return [{ error: 'spanAtMidnight', index }];
		if (to <= from) return [{ error: 'spanBackwards', index }];
		const overlaps = spans.slice(0, index).some((other) => from < other.to && other.from < to);
		return overlaps ? [{ error: 'spansOverlap', index }] : [];
	});
}

export const inOrder = (spans: readonly Span[]): Span[] =>
	spans.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));

/** Minutes since midnight. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
