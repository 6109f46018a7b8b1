import type { ErrorEntries } from '../errors/ErrorEntry.ts';

export const catalogueErrors = {
	unknownItem: { code: 'CASE-4001', status: 422, title: 'There is no such item in the catalogue' },
} as const satisfies ErrorEntries;
