import { z } from 'zod';
import { blobKind, blobScan, sha256 } from '../blobs/blobs.ts';
import { uuid } from '../ids/ids.ts';

export const fileId = uuid.describe('A file 文件 that one side of a case gave to the other');

/** What a file is; it never changes. */
export const fileContent = z.object({
	fileId,
	name: z.string(),
	sha256,
	/** Bytes. */
	size: z.int().min(1),
	kind: blobKind,
	/** Of the item's list; null where it belongs to none. */
	materialNo: z.int().min(1).max(99).nullable(),
	/** Whether the scanner has seen it. */
	scan: blobScan,
});
