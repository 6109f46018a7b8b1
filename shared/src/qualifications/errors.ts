import type { ErrorEntries } from '../errors/ErrorEntry.ts';

export const qualificationErrors = {
	unknownQualification: { code: 'QUAL-5301', status: 404, title: 'The person has no such record' },
	qualificationStruck: { code: 'QUAL-5302', status: 409, title: 'The record has been struck out already' },
	sameQualification: {
		code: 'QUAL-5303',
		status: 409,
		title: 'The same training or exam stands there already',
	},
	tooManyQualifications: { code: 'QUAL-5304', status: 409, title: 'The person cannot have more records' },
	qualificationNotYet: {
		code: 'QUAL-5305',
		status: 422,
		title: 'What lies in the future has not been passed',
	},
	qualificationEndsEarly: { code: 'QUAL-5306', status: 422, title: 'The validity ends before it begins' },
	wrongProofKind: { code: 'QUAL-5307', status: 415, title: 'A proof is a PDF or a picture' },
	proofTooLarge: { code: 'QUAL-5308', status: 413, title: 'The proof is too large' },
} as const satisfies ErrorEntries;
