import type { ErrorEntries } from '../errors/ErrorEntry.ts';

export const blobErrors = {
	unknownUpload: { code: 'BLOB-4501', status: 404, title: 'There is no such upload, or it has expired' },
	uploadConflict: {
		code: 'BLOB-4502',
		status: 409,
		title: 'The upload stands elsewhere; ask how far it is and go on from there',
	},
	tooManyUploads: { code: 'BLOB-4503', status: 429, title: 'Too many unfinished uploads' },
	blobTooLarge: { code: 'BLOB-4504', status: 413, title: 'The file is larger than allowed' },
	wrongHash: { code: 'BLOB-4505', status: 422, title: 'The bytes are not those that were announced' },
	forbiddenKind: { code: 'BLOB-4506', status: 415, title: 'Files of this kind are not taken' },
	blobInfected: { code: 'BLOB-4507', status: 422, title: 'The scanner refuses this file' },
	scannerUnavailable: { code: 'BLOB-4508', status: 503, title: 'The scanner does not answer' },
	storageFull: { code: 'BLOB-4509', status: 507, title: 'There is no room for this file' },
	unknownBlob: { code: 'BLOB-4510', status: 404, title: 'There are no such bytes' },
	invalidBlobGrant: { code: 'BLOB-4511', status: 403, title: 'This grant is not valid, or not any more' },
	rangeUnsatisfiable: { code: 'BLOB-4512', status: 416, title: 'The file has no such range' },
	unsupportedTus: { code: 'BLOB-4513', status: 412, title: 'Uploads speak tus 1.0.0' },
} as const satisfies ErrorEntries;
