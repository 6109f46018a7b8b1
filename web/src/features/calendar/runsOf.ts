import { addDays } from '@counter-hub/shared/calendar/localDate.ts';

/** Dates that follow one another. */
export interface Run {
	from: string;
	to: string;
	days: number;
}

/** Dates in ascending order, put together where they follow one another: one holiday, one run. */
export function runsOf(dates: readonly string[]): Run[] {
	const runs: Run[] = [];
	for (const date of dates) {
		const last = runs.at(-1);
		if (last && addDays(last.to, 1) === date) {
			last.to = date;
			last.days += 1;
		} else runs.push({ from: date, to: date, days: 1 });
	}
	return runs;
}
