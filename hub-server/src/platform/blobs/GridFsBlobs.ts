import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { mongo } from 'mongoose';
import type { BlobScan } from '@counter-hub/shared/blobs/blobs.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { isDuplicateKey, type Connection } from '../mongo.ts';
import type { BlobInfo, BlobStore, Found, NewUpload, Upload } from './BlobStore.ts';
import { BLOB_CHUNK_BYTES, FLUSH_BYTES, OPEN_UPLOADS_PER_PERSON } from './limits.ts';

interface UploadRecord extends Omit<Upload, 'id'> {
	_id: string;
	/** The request that writes it now. */
	writer: string | null;
}
/** GridFS's own documents: `files_id` is the upload by which the bytes came. */
interface ChunkRecord {
	files_id: string;
	n: number;
	data: mongo.Binary;
}
interface FileRecord {
	_id: string;
	length: number;
	chunkSize: number;
	uploadDate: Date;
	/** The SHA-256: the same bytes are kept once. */
	filename: string;
	/** Those that were kept before scans were noted have none. */
	metadata: { kind: string; scan?: BlobScan };
}

/** What the database says of its disk, in bytes. */
interface Disk {
	fsTotalSize: number;
	fsUsedSize: number;
}

const MAJORITY = { writeConcern: { w: 'majority', journal: true } } as const;

/** Bytes in MongoDB, in GridFS's own form; chunks are written where the upload left off, so that it can go on. */
export class GridFsBlobs implements BlobStore {
	readonly #connection: Connection;
	readonly #reserve: number;
	readonly #uploads: mongo.Collection<UploadRecord>;
	readonly #chunks: mongo.Collection<ChunkRecord>;
	readonly #files: mongo.Collection<FileRecord>;

	/** @param reserve bytes of the database's disk that stay free of blobs */
	constructor(connection: Connection, reserve: number) {
		const { db } = connection;
		this.#connection = connection;
		this.#reserve = reserve;
		if (!db) throw new Error('the connection is not open');
		this.#uploads = db.collection<UploadRecord>('blobUploads');
		this.#chunks = db.collection<ChunkRecord>('blobs.chunks');
		this.#files = db.collection<FileRecord>('blobs.files');
	}

	async ensureIndexes(): Promise<void> {
		await this.#uploads.createIndexes([{ key: { staffId: 1 } }, { key: { expiresAt: 1 } }]);
		await this.#chunks.createIndexes([{ key: { files_id: 1, n: 1 }, unique: true }]);
		await this.#files.createIndexes([{ key: { filename: 1 }, unique: true }]);
	}

	async begin(upload: NewUpload, now: Date): Promise<Upload> {
		const { staffId } = upload;
		const record = { _id: newId(now.getTime()), ...upload, offset: 0, isFinished: false, writer: null };
		await this.#expectRoomFor(upload.size);
		await this.#uploads.insertOne(record, MAJORITY);
		// What a hub that was killed has left open must not keep the next one from its work.
		if (staffId === null) return uploadOf(record);
		// Counted afterwards, so that two at once cannot both be the last one allowed.
		const open = await this.#uploads.countDocuments({ staffId, isFinished: false, expiresAt: { $gt: now } });
		if (open > OPEN_UPLOADS_PER_PERSON) {
			await this.drop(record._id);
			throw new AppError('tooManyUploads', { params: { most: OPEN_UPLOADS_PER_PERSON } });
		}
		return uploadOf(record);
	}

	async find(id: string): Promise<Upload | undefined> {
		const record = await this.#uploads.findOne({ _id: id });
		return record ? uploadOf(record) : undefined;
	}

	async append({ id, offset }: Upload, bytes: AsyncIterable<Uint8Array>): Promise<number> {
		const writer = randomUUID();
		const taken = await this.#uploads.updateOne({ _id: id, offset }, { $set: { writer } });
		if (taken.matchedCount === 0) throw new AppError('uploadConflict');
		let written = offset;
		let waiting: Uint8Array[] = [await this.#tail(id, offset)];
		let length = offset % BLOB_CHUNK_BYTES;
		const flush = async (isLast: boolean) => {
			const start = written - (written % BLOB_CHUNK_BYTES);
			const all = Buffer.concat(waiting);
			const whole = isLast ? all.length : all.length - (all.length % BLOB_CHUNK_BYTES);
			const chunks = Array.from({ length: Math.ceil(whole / BLOB_CHUNK_BYTES) }, (_, at) =>
				all.subarray(at * BLOB_CHUNK_BYTES, Math.min(whole, (at + 1) * BLOB_CHUNK_BYTES)),
			);
			// Side by side they share the journal's flushes, which are what takes time.
			await Promise.all(chunks.map((data, at) => this.#writeChunk(id, start / BLOB_CHUNK_BYTES + at, data)));
			const moved = await this.#uploads.updateOne(
				{ _id: id, offset: written, writer },
				{ $set: { offset: start + whole } },
				MAJORITY,
			);
			if (moved.matchedCount === 0) {
				length = 0;
				// One that was given up meanwhile leaves nothing behind.
				if (!(await this.find(id))) await this.#letGo(id);
				throw new AppError('uploadConflict');
			}
			written = start + whole;
			waiting = [all.subarray(whole)];
			length = all.length - whole;
		};
		try {
			for await (const part of bytes) {
				waiting.push(part);
				length += part.length;
				if (length >= FLUSH_BYTES) await flush(false);
			}
		} finally {
			// Also when the sender was cut off: what has arrived need not come again.
			if (written - (written % BLOB_CHUNK_BYTES) + length > written) await flush(true);
		}
		return written;
	}

	read({ id, offset }: Upload): Readable {
		return Readable.from(this.#bytes(id, 0, offset));
	}

	async finish(upload: Upload, found: Found): Promise<BlobInfo> {
		const { id, sha256, size } = upload;
		// This write decides: who gives the upload up comes either before it, or after the blob.
		const decided = await this.#uploads.updateOne({ _id: id }, { $set: { found, writer: null } }, MAJORITY);
		if (decided.matchedCount === 0) throw new AppError('unknownUpload');
		await this.#complete(upload, found);
		return { sha256, size, ...found };
	}

	async drop(id: string): Promise<void> {
		const { deletedCount } = await this.#uploads.deleteOne({ _id: id, found: { $exists: false } }, MAJORITY);
		if (deletedCount > 0) {
			await this.#letGo(id);
			return;
		}
		const decided = await this.find(id);
		if (!decided?.found) return;
		if (!decided.isFinished) await this.#complete(decided, decided.found);
		await this.#uploads.deleteOne({ _id: id }, MAJORITY);
		await this.#letGo(id);
	}

	async dropExpired(now: Date): Promise<number> {
		const expired = await this.#uploads.find({ expiresAt: { $lte: now } }, { limit: 100 }).toArray();
		for (const { _id } of expired) await this.drop(_id);
		return expired.length;
	}

	countOpen(): Promise<number> {
		return this.#uploads.countDocuments({ isFinished: false });
	}

	async info(sha256: string): Promise<BlobInfo | undefined> {
		const file = await this.#files.findOne({ filename: sha256 });
		if (!file) return undefined;
		const { kind, scan = 'none' } = file.metadata;
		return { sha256, size: file.length, kind, scan };
	}

	async isBroughtBy(staffId: string, sha256: string): Promise<boolean> {
		return (await this.#uploads.findOne({ staffId, sha256, isFinished: true })) !== null;
	}

	stream(sha256: string, { start, end }: { start: number; end: number }): Readable {
		return Readable.from(this.#fileBytes(sha256, start, end));
	}

	/**
	 * Makes the blob that an upload is decided to become. Several may be at it, and one of them late: files are never
	 * deleted, so that whoever comes later finds it there.
	 */
	async #complete({ id, sha256, size }: Upload, { kind, scan }: Found): Promise<void> {
		const file = {
			_id: id,
			length: size,
			chunkSize: BLOB_CHUNK_BYTES,
			uploadDate: new Date(),
			filename: sha256,
			metadata: { kind, scan },
		};
		let isKeptTwice = false;
		try {
			await this.#files.insertOne(file, MAJORITY);
		} catch (error) {
			if (!isDuplicateKey(error)) throw error;
			const kept = await this.#files.findOne({ filename: sha256 });
			isKeptTwice = kept !== null && kept._id !== id;
			// What came unscanned and is clean now is known to be.
			if (scan === 'clean')
				await this.#files.updateOne({ filename: sha256 }, { $set: { 'metadata.scan': scan } }, MAJORITY);
		}
		// Stays for a while: whoever lost the last answer asks how far the upload is.
		await this.#uploads.updateOne({ _id: id }, { $set: { isFinished: true } }, MAJORITY);
		// Only now: the bytes of one that is not finished are looked at when it is asked about.
		if (isKeptTwice) await this.#chunks.deleteMany({ files_id: id });
	}

	/** Deletes the bytes of an upload that is no more, unless they are a blob's. */
	async #letGo(id: string): Promise<void> {
		if (!(await this.#files.findOne({ _id: id }))) await this.#chunks.deleteMany({ files_id: id });
	}

	async *#fileBytes(sha256: string, start: number, end: number): AsyncGenerator<Buffer> {
		const file = await this.#files.findOne({ filename: sha256 });
		if (!file) throw new AppError('unknownBlob');
		yield* this.#bytes(file._id, start, end);
	}

	async *#bytes(id: string, start: number, end: number): AsyncGenerator<Buffer> {
		const first = Math.floor(start / BLOB_CHUNK_BYTES);
		let at = first * BLOB_CHUNK_BYTES;
		const cursor = this.#chunks.find(
			{ files_id: id, n: { $gte: first, $lt: Math.ceil(end / BLOB_CHUNK_BYTES) } },
			{ sort: { n: 1 } },
		);
		for await (const { data } of cursor) {
			const chunk = Buffer.from(data.buffer.buffer, data.buffer.byteOffset, data.length());
			yield chunk.subarray(Math.max(0, start - at), Math.min(chunk.length, end - at));
			at += BLOB_CHUNK_BYTES;
		}
		if (at < end) throw new Error(`the bytes of ${id} end at ${at}, not at ${end}`);
	}

	/** A database whose disk is full dies, and with it everything else: blobs stop before that. */
	async #expectRoomFor(size: number): Promise<void> {
		const stats = (await this.#connection.db?.command({ dbStats: 1 })) as Partial<Disk> | undefined;
		const { fsTotalSize, fsUsedSize } = stats ?? {};
		if (fsTotalSize === undefined || fsUsedSize === undefined) return;
		if (fsTotalSize - fsUsedSize < size + this.#reserve) throw new AppError('storageFull');
	}

	/** The bytes of the chunk that is not full yet. */
	async #tail(id: string, offset: number): Promise<Buffer> {
		const start = offset - (offset % BLOB_CHUNK_BYTES);
		const parts: Buffer[] = [];
		if (offset > start) for await (const part of this.#bytes(id, start, offset)) parts.push(part);
		return Buffer.concat(parts);
	}

	/**
	 * Only ever makes a chunk longer: a sender whose cut is noticed late still has a part of what has come in whole over
	 * another line since.
	 */
	async #writeChunk(id: string, n: number, data: Buffer): Promise<void> {
		const isLonger = { $lt: [{ $binarySize: { $ifNull: ['$data', new mongo.Binary()] } }, data.length] };
		await this.#chunks.updateOne(
			{ files_id: id, n },
			[{ $set: { data: { $cond: [isLonger, { $literal: new mongo.Binary(data) }, '$data'] } } }],
			{ upsert: true, ...MAJORITY },
		);
	}
}

const uploadOf = ({ _id, writer: _writer, ...rest }: UploadRecord): Upload => ({ id: _id, ...rest });
