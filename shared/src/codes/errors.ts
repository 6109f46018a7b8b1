import type { ErrorEntries } from '../errors/ErrorEntry.ts';

/** Codes and numbers that people type. */
export const codeErrors = {
	invalidUscc: { code: 'FORM-1102', status: 422, title: 'The unified social credit code is not valid' },
	invalidCitizenId: { code: 'FORM-1103', status: 422, title: 'The ID number is not valid' },
	invalidPhone: { code: 'FORM-1104', status: 422, title: 'The telephone number is not valid' },
	personalNumber: {
		code: 'FORM-1105',
		status: 422,
		title: 'This text holds an ID number or a mobile number, which the timeline must not keep',
	},
} as const satisfies ErrorEntries;
