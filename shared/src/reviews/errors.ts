import type { ErrorEntries } from '../errors/ErrorEntry.ts';

export const reviewErrors = {
	reasonMissing: { code: 'REVIEW-4701', status: 422, title: 'What is to be corrected needs a reason' },
	notConditional: {
		code: 'REVIEW-4702',
		status: 422,
		title: 'Only a conditional material can be needed or not',
	},
	marksContradict: {
		code: 'REVIEW-4703',
		status: 409,
		title: 'Materials are marked for correction; the review cannot pass',
	},
	nothingToCorrect: { code: 'REVIEW-4704', status: 422, title: 'Nothing is marked for correction' },
	roundOver: {
		code: 'REVIEW-4706',
		status: 409,
		title: 'The round that was marked in has ended; look at the material again',
	},
	unknownNotice: { code: 'REVIEW-4705', status: 404, title: 'There is no such notice' },
} as const satisfies ErrorEntries;
