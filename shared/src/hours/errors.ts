import type { ErrorEntries } from '../errors/ErrorEntry.ts';

/** The hours of counters. */
export const hoursErrors = {
	spanAtMidnight: {
		code: 'HOURS-4911',
		status: 422,
		title: 'A time of service begins at 00:00 at the earliest and ends at 24:00 at the latest',
	},
	spanBackwards: { code: 'HOURS-4912', status: 422, title: 'A time of service ends before it begins' },
	spansOverlap: { code: 'HOURS-4913', status: 422, title: 'Two times of service overlap' },
	tooManyExceptions: { code: 'HOURS-4914', status: 409, title: 'The counter cannot have more exceptions' },
} as const satisfies ErrorEntries;
