import type { ErrorEntries } from '../errors/ErrorEntry.ts';

export const undertakingErrors = {
	unknownUndertaking: { code: 'UND-5401', status: 404, title: 'There is no such version of the undertaking' },
	undertakingReplaced: { code: 'UND-5402', status: 409, title: 'A newer version is in force' },
	notOwnName: { code: 'UND-5403', status: 422, title: 'The name typed is not that of whoever signs' },
	undertakingNotSigned: { code: 'UND-5404', status: 404, title: 'The person has not signed this version' },
	tooManyUndertakings: { code: 'UND-5405', status: 409, title: 'There cannot be more versions' },
} as const satisfies ErrorEntries;
