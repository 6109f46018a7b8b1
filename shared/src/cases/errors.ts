import type { ErrorEntries } from '../errors/ErrorEntry.ts';

export const caseErrors = {
	unknownCase: { code: 'CASE-4002', status: 404, title: 'There is no such case' },
	sameCity: { code: 'CASE-4003', status: 422, title: 'The permit-side counter must be of another city' },
	guidanceOnly: {
		code: 'CASE-4004',
		status: 422,
		title: 'This item is not filed at the counter; guide the applicant only',
	},
	tooManyWatched: {
		code: 'CASE-4005',
		status: 429,
		title: 'One page follows at most 20 cases; close one to follow another',
	},
} as const satisfies ErrorEntries;
