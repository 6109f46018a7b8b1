import type { ErrorEntries } from '../errors/ErrorEntry.ts';

/** What is wrong with a year that is to be imported. */
export const calendarErrors = {
	dateOfAnotherYear: { code: 'CAL-4901', status: 422, title: 'A date is not of the year that is imported' },
	workedNoWeekend: {
		code: 'CAL-4902',
		status: 422,
		title: 'A day that is worked instead is neither Saturday nor Sunday',
	},
	offAndWorked: { code: 'CAL-4903', status: 422, title: 'A date is both off and worked' },
	dateTwice: { code: 'CAL-4904', status: 422, title: 'A date stands twice in one list' },
	yearNotNext: {
		code: 'CAL-4905',
		status: 422,
		title: 'Years are imported one after the other, so that no gap is left',
	},
} as const satisfies ErrorEntries;
