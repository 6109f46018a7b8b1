import type { ErrorEntries } from '../errors/ErrorEntry.ts';

export const fileErrors = {
	wrongFileKind: { code: 'FILE-4701', status: 415, title: 'Files of this kind are not shared' },
	fileTooLarge: { code: 'FILE-4702', status: 413, title: 'The file is too large to be shared' },
	tooManyFiles: { code: 'FILE-4703', status: 409, title: 'The case cannot take more files' },
	unknownFile: { code: 'FILE-4704', status: 404, title: 'The case has no such file' },
	fileWithdrawn: { code: 'FILE-4705', status: 409, title: 'The file has been taken back already' },
	unknownFileMaterial: { code: 'FILE-4706', status: 422, title: 'The item’s list has no such material' },
} as const satisfies ErrorEntries;
