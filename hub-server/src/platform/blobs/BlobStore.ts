import type { Readable } from 'node:stream';
import type { BlobScan } from '@counter-hub/shared/blobs/blobs.ts';

/** What is known of stored bytes. */
export interface BlobInfo {
	/** Hex; the name of the bytes. */
	readonly sha256: string;
	readonly size: number;
	/** MIME type, found in the bytes themselves. */
	readonly kind: string;
	readonly scan: BlobScan;
}

/** What whole bytes were found to be. */
export type Found = Pick<BlobInfo, 'kind' | 'scan'>;

/** An upload under way: what its sender said of it, and how much has arrived and is safe. */
export interface Upload {
	readonly id: string;
	/** Whose it is; null for bytes that the hub has made itself. */
	readonly staffId: string | null;
	/** What its sender said that the bytes are. */
	readonly sha256: string;
	readonly size: number;
	readonly offset: number;
	readonly expiresAt: Date;
	/** Set once it is decided that it becomes a blob; what is left to do of that, anybody may do. */
	readonly found?: Found;
	/** Its bytes are a blob. */
	readonly isFinished: boolean;
}
export type NewUpload = Pick<Upload, 'staffId' | 'sha256' | 'size' | 'expiresAt'>;

/**
 * Where bytes are kept. Two hubs may hold one store each on the same data: whoever begins to write an upload takes it
 * over from whoever wrote before.
 */
export interface BlobStore {
	ensureIndexes(): Promise<void>;

	/** @throws AppError `tooManyUploads`, never for the hub itself; `storageFull` */
	begin(upload: NewUpload, now: Date): Promise<Upload>;
	find(id: string): Promise<Upload | undefined>;
	/**
	 * Appends from `offset` on as long as bytes come. What arrived before a cut is kept.
	 * @returns the offset up to which bytes are safe
	 * @throws AppError `uploadConflict` when the upload stands elsewhere or somebody else writes it by now
	 */
	append(upload: Upload, bytes: AsyncIterable<Uint8Array>): Promise<number>;
	/** The bytes that have arrived. */
	read(upload: Upload): Readable;
	/**
	 * Makes a whole upload a blob; if these bytes are kept already, the upload's are let go. Harmless to repeat.
	 * @throws AppError `unknownUpload` when it was given up meanwhile
	 */
	finish(upload: Upload, found: Found): Promise<BlobInfo>;
	/** Gives an upload up. One that is decided to become a blob does so first. */
	drop(id: string): Promise<void>;
	/** Forgets uploads that have expired; returns how many. */
	dropExpired(now: Date): Promise<number>;
	/** Uploads that are not finished. */
	countOpen(): Promise<number>;

	info(sha256: string): Promise<BlobInfo | undefined>;
	/** Whether this person has brought these bytes himself, as long as uploads are remembered: knowing a name is not having. */
	isBroughtBy(staffId: string, sha256: string): Promise<boolean>;
	/** @param range first byte and the one after the last */
	stream(sha256: string, range: { start: number; end: number }): Readable;
}
