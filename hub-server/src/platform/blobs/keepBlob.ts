import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BlobInfo, BlobStore } from './BlobStore.ts';
import { UPLOAD_LIFE } from './limits.ts';

/** Keeps bytes that the hub has made itself, such as a printed document. Harmless to repeat. @throws AppError `storageFull` */
export async function keepBlob(
	store: BlobStore,
	bytes: Buffer,
	kind: string,
	now: number,
): Promise<BlobInfo> {
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	const known = await store.info(sha256);
	if (known) return known;
	const expiresAt = new Date(now + UPLOAD_LIFE);
	const upload = await store.begin({ staffId: null, sha256, size: bytes.length, expiresAt }, new Date(now));
	try {
		const offset = await store.append(upload, Readable.from([bytes]));
		return await store.finish({ ...upload, offset }, { kind, scan: 'none' });
	} catch (error) {
		// Where the database is away, it expires by itself.
		await store.drop(upload.id).catch(() => undefined);
		throw error;
	}
}
