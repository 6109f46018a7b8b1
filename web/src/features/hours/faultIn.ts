import { clockTime, faultsOfSpans, type Span, type SpanFault } from '@counter-hub/shared/hours/spans.ts';

/** What is wrong with the times of a day as they were typed. */
export interface TypedFault {
	readonly error: SpanFault['error'] | 'unreadable';
	/** Of the span. */
	readonly index: number;
}

/** The first thing that is wrong: what is no time at all goes before what does not fit together. */
export function faultIn(spans: readonly Span[]): TypedFault | undefined {
	const isTime = (text: string) => clockTime.safeParse(text).success;
	const index = spans.findIndex(({ from, to }) => !isTime(from) || !isTime(to));
	return index === -1 ? faultsOfSpans(spans)[0] : { error: 'unreadable', index };
}
