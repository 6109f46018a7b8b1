import { calendarYear } from '@counter-hub/shared/calendar/calendar.ts';
import { readNotice, type Notice } from './readNotice.ts';

/** What somebody pasted or chose as a file: a notice as text, or a year as the API has it, in JSON. */
export function readImport(raw: string, year: number): Notice {
	if (!raw.trimStart().startsWith('{')) return readNotice(raw, year);
	const read = calendarYear.safeParse(jsonOf(raw));
	const nothing = { year: null, daysOff: [], workedWeekends: [], source: null };
	return {
		...(read.success ? read.data : nothing),
		elsewhere: [],
		doubts: read.success ? [] : [{ kind: 'unread', text: `${raw.trim().slice(0, 40)}…` }],
	};
}

function jsonOf(raw: string): unknown {
	try {
		return JSON.parse(raw);
	} catch {
		return undefined;
	}
}
