import type { ErrorEntries } from '../errors/ErrorEntry.ts';

/** The register of counters and windows. */
export const counterErrors = {
	unknownCounter: { code: 'ORG-3002', status: 422, title: 'There is no such counter' },
	unknownWindow: { code: 'ORG-3003', status: 422, title: 'There is no such window at this counter' },
	tooManyWindows: { code: 'ORG-3006', status: 422, title: 'A counter cannot have more windows' },
} as const satisfies ErrorEntries;
