import { z } from 'zod';
import { sha256 } from '../blobs/blobs.ts';
import { cityCode } from '../cities/cities.ts';
import { freeText } from '../codes/freeText.ts';
import { caseId, commandId, counterId, sessionId, staffId, uuid } from '../ids/ids.ts';
import { eventView } from '../timeline/eventView.ts';
import { FILE_LIMITS } from './fileLimits.ts';
import { fileName } from './fileName.ts';
import { fileContent } from './fileContent.ts';

/** A file as its case holds it. */
const sharedFile = z
	.object({
		...fileContent.shape,
		sharedAt: z.iso.datetime(),
		sharedBy: z.object({
			staffId,
			/** Looked up when shown. */
			name: z.string().nullable(),
			counterId: counterId.nullable(),
			cityCode,
		}),
		/** The call in which it was shared; null outside of one. */
		sessionId: sessionId.nullable(),
		/** Taken back 收回 by the side that shared it: it stays on record, and is given to supervisors alone. */
		withdrawn: z.object({ reason: z.string(), at: z.iso.datetime() }).nullable(),
	})
	.meta({ id: 'SharedFile' });
export type SharedFile = z.infer<typeof sharedFile>;

/** The files of a case in the order in which they were shared, and the sequence number that they are of. */
export const filesOfCase = z.object({ state: z.array(sharedFile), seq: z.int() }).meta({ id: 'FilesOfCase' });

export const shareFileBody = z.strictObject({
	/** Names the file too. */
	commandId,
	name: fileName,
	/** Of bytes that this person has uploaded within the last day. */
	sha256,
	/** The material that it belongs to, of the item's list. */
	materialNo: z.int().min(1).max(99).nullable(),
});
export type ShareFileBody = z.infer<typeof shareFileBody>;

export const withdrawFileBody = z.strictObject({
	commandId,
	reason: freeText(2, FILE_LIMITS.reasonLength),
});
export type WithdrawFileBody = z.infer<typeof withdrawFileBody>;

/** What was written; the same again when the same command comes twice. */
export const fileWritten = z.object({ events: z.array(eventView) });

/** The thing because of which a file's bytes are read. */
export const referrerOfFile = (ofCase: string, file: string): string => `file:${ofCase}_${file}`;

/** The ids in what follows `file:`; undefined where it is no such thing. */
export function idsOfReferrer(id: string): { caseId: string; fileId: string } | undefined {
	const [ofCase, file, ...more] = id.split('_');
	const parsed = z.object({ caseId, fileId: uuid }).safeParse({ caseId: ofCase, fileId: file });
	return parsed.success && more.length === 0 ? parsed.data : undefined;
}
