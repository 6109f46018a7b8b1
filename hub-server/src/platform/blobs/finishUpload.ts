import { createHash } from 'node:crypto';
import type { BlobScan } from '@counter-hub/shared/blobs/blobs.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { BlobInfo, BlobStore, Upload } from './BlobStore.ts';
import { KIND_BYTES, kindOf } from './kinds.ts';
import type { Scan } from './scan.ts';

/** How bytes are looked at, and whether they are taken where nobody can. */
export interface Inspection {
	readonly scan: Scan | undefined;
	/** Asked where the scanner does not answer. */
	readonly isWaived: () => Promise<boolean>;
}

/**
 * Makes a blob of an upload that is whole: its bytes are what its sender said, of a kind that is taken, and clean.
 * Harmless to repeat. What is refused is let go, unless it is the scanner that was away.
 * @throws AppError `wrongHash`, `forbiddenKind`, `blobInfected`, `scannerUnavailable`; `unknownUpload` when it was given up
 * meanwhile
 */
export async function finishUpload(
	store: BlobStore,
	inspection: Inspection,
	upload: Upload,
): Promise<BlobInfo> {
	// It was looked at before, by a hub that did not get to the end.
	if (upload.found) return store.finish(upload, upload.found);
	const hash = createHash('sha256');
	let head = Buffer.alloc(0);
	for await (const part of store.read(upload) as AsyncIterable<Buffer>) {
		hash.update(part);
		if (head.length < KIND_BYTES) head = Buffer.concat([head, part.subarray(0, KIND_BYTES)]);
	}
	try {
		if (hash.digest('hex') !== upload.sha256) throw new AppError('wrongHash');
		const kind = kindOf(head);
		if (kind === undefined) throw new AppError('forbiddenKind');
		return await store.finish(upload, { kind, scan: await inspect(store, inspection, upload) });
	} catch (error) {
		if (error instanceof AppError && error.key !== 'scannerUnavailable') await store.drop(upload.id);
		throw error;
	}
}

async function inspect(store: BlobStore, { scan, isWaived }: Inspection, upload: Upload): Promise<BlobScan> {
	if (!scan) return 'none';
	try {
		await scan(store.read(upload));
		return 'clean';
	} catch (error) {
		const isAway = error instanceof AppError && error.key === 'scannerUnavailable';
		if (!isAway || !(await isWaived())) throw error;
		return 'waived';
	}
}
