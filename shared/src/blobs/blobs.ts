import { z } from 'zod';
import { uuid } from '../ids/ids.ts';

export const uploadId = uuid.describe('An upload under way');
export const sha256 = z
	.string()
	.regex(/^[0-9a-f]{64}$/)
	.describe('SHA-256 of the bytes, hex: their name');

/** MIME type, as the hub finds it in the bytes themselves. */
export const blobKind = z.string().max(60);

/** Whether a scanner has found it clean, there is none, or an administrator had it taken while the scanner was away. */
export const blobScan = z.enum(['clean', 'none', 'waived']);
export type BlobScan = z.infer<typeof blobScan>;

export const blobParams = z.strictObject({ sha256 });
export const blobGrantBody = z.strictObject({
	/** The thing because of which these bytes are read, `kind:id`. */
	referrer: z
		.string()
		.max(120)
		.regex(/^[a-z]+:[\w-]+$/),
});
export const blobGrantAnswer = z
	.object({ url: z.string(), expiresAt: z.iso.datetime(), kind: z.string(), size: z.int() })
	.meta({ id: 'BlobGrant' });
