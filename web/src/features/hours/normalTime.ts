import { clockTime, type Span } from '@counter-hub/shared/hours/spans.ts';

/** `9`, `930`, `9:30`, `９：３０`, `9点半` as all pages write a time: `09:30`. Anything else stays as it is. */
export function normalTime(typed: string): string {
	const text = typed
		.normalize('NFKC')
		.replaceAll(/\s/g, '')
		.replace(/^(\d{1,2})(\d{2})$/, '$1:$2');
	const read = /^(\d{1,2})(?:[:.点时](?:(\d{1,2})分?|(半))?)?$/.exec(text);
	if (!read) return typed;
	const [, hour = '', minute = '0', half] = read;
	const time = `${hour.padStart(2, '0')}:${half ? '30' : minute.padStart(2, '0')}`;
	return clockTime.safeParse(time).success ? time : typed;
}

export const normalSpans = (spans: readonly Span[]): Span[] =>
	spans.map(({ from, to }) => ({ from: normalTime(from), to: normalTime(to) }));
