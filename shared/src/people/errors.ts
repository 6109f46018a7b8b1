import type { ErrorEntries } from '../errors/ErrorEntry.ts';

/** The register of people. */
export const peopleErrors = {
	nameTaken: { code: 'ORG-3001', status: 409, title: 'This name is already in use' },
	staleVersion: { code: 'ORG-3004', status: 409, title: 'Somebody else changed this meanwhile' },
	lastAdministrator: {
		code: 'ORG-3005',
		status: 409,
		title: 'The last administrator of a city can be neither disabled nor given another post',
	},
} as const satisfies ErrorEntries;
