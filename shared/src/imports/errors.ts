import type { ErrorEntries } from '../errors/ErrorEntry.ts';

export const importErrors = {
	importTooLarge: { code: 'IMPT-5501', status: 413, title: 'The file is larger than an import may be' },
	importUnreadable: { code: 'IMPT-5502', status: 422, title: 'The file is no text in UTF-8 or GB18030' },
	importMalformed: { code: 'IMPT-5503', status: 422, title: 'The quotation marks of a line do not fit' },
	importNoHeadings: { code: 'IMPT-5504', status: 422, title: 'Headings are missing in the first line' },
	importEmpty: { code: 'IMPT-5505', status: 422, title: 'Nobody stands below the headings' },
	importTooManyLines: {
		code: 'IMPT-5506',
		status: 422,
		title: 'The file has more lines than an import may have',
	},
	unknownImport: {
		code: 'IMPT-5507',
		status: 404,
		title: 'The preview has expired, or a newer one has taken its place',
	},
} as const satisfies ErrorEntries;
