import { z } from 'zod';
import { uuid } from '../ids/ids.ts';

export const uploadId = uuid.describe('An upload under way');
const sha256 = z
	.string()
	.regex(/^[0-9a-f]{64}$/)
	.describe('SHA-256 of the bytes, hex: their name');

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
