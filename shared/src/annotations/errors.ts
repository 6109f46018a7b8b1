import type { ErrorEntries } from '../errors/ErrorEntry.ts';

export const annotationErrors = {
	unknownMark: { code: 'MARK-5201', status: 404, title: 'There is no such mark on this case' },
	foreignMark: { code: 'MARK-5202', status: 403, title: 'Marks of others are erased by the permit side' },
	tooManyMarks: { code: 'MARK-5203', status: 409, title: 'So many marks are enough; erase some first' },
	foreignPicture: { code: 'MARK-5204', status: 422, title: 'This picture belongs to nobody in the call' },
} as const satisfies ErrorEntries;
