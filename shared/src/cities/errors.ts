import type { ErrorEntries } from '../errors/ErrorEntry.ts';

/** The register of cities. */
export const cityErrors = {
	unknownCity: { code: 'CITY-5801', status: 422, title: 'There is no such city in the register' },
	cityTaken: { code: 'CITY-5802', status: 409, title: 'A city of this code is registered already' },
	lettersTaken: { code: 'CITY-5803', status: 409, title: 'Another city has these letters' },
	tooManyCities: { code: 'CITY-5804', status: 409, title: 'There cannot be more cities' },
} as const satisfies ErrorEntries;
