import type { Request, Response } from 'express';
import { z } from 'zod';
import { uploadId } from '@counter-hub/shared/blobs/blobs.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import type { HubContext } from '../../HubContext.ts';
import type { Upload } from '../../platform/blobs/BlobStore.ts';
import { finishUpload } from '../../platform/blobs/finishUpload.ts';
import { BLOB_MAX_BYTES, UPLOAD_LIFE } from '../../platform/blobs/limits.ts';
import { API_BASE } from '../../platform/http/Api.ts';
import { signedIn } from '../auth/guards.ts';
import { blobs } from './blobs.ts';

const tag = 'Bytes';
const VERSION = '1.0.0';
const PIECE = 'application/offset+octet-stream';
const params = z.strictObject({ uploadId });
const ends = ['wrongHash', 'forbiddenKind', 'blobInfected', 'scannerUnavailable'] as const;

/** `Upload-Length` and the SHA-256 in `Upload-Metadata` (key `sha256`, value base64 of the hex form). */
const creation = z.object({
	size: z.coerce.number().int().min(1),
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Resumable uploads as tus 1.0.0 has them: core, creation, expiration, termination. */
export function uploadRoutes(hub: HubContext): void {
	const guard = signedIn(hub);
	const { store, scan } = blobs(hub);

	const ownUpload = async (id: string, staffId: string): Promise<Upload> => {
		const upload = await store.find(id);
		const isLive = upload !== undefined && upload.expiresAt.getTime() > hub.now();
		if (!isLive || upload.staffId !== staffId) throw new AppError('unknownUpload');
		return upload;
	};
	/** Also where the hub that took the last bytes died before it looked at them. */
	const settled = async (upload: Upload): Promise<void> => {
		if (upload.offset === upload.size && !upload.isFinished) await finishUpload(store, scan, upload);
	};

	hub.api.route({
		method: 'post',
		path: '/uploads',
		operationId: 'beginUpload',
		summary: 'Begins a resumable upload (tus 1.0.0); `Location` says where its bytes go',
		tag,
		guard,
		status: 201,
		errors: ['unsupportedTus', 'invalidInput', 'blobTooLarge', 'tooManyUploads', 'storageFull'],
		handler: async ({ actor: { actor }, request, response }) => {
			speakTus(request, response);
			const { size, sha256 } = parse(creation, {
				size: request.get('upload-length'),
				sha256: metadataOf(request.get('upload-metadata')).get('sha256'),
			});
			if (size > BLOB_MAX_BYTES) throw new AppError('blobTooLarge', { params: { most: BLOB_MAX_BYTES } });
			const now = hub.now();
			const expiresAt = new Date(now + UPLOAD_LIFE);
			const upload = await store.begin({ staffId: actor.staffId, sha256, size, expiresAt }, new Date(now));
			response.set('Location', `${API_BASE}/uploads/${upload.id}`);
			response.set('Upload-Expires', expiresAt.toUTCString());
		},
	});

	hub.api.route({
		method: 'head',
		path: '/uploads/{uploadId}',
		operationId: 'findUpload',
		summary: 'How much of an upload has arrived (`Upload-Offset`)',
		tag,
		guard,
		params,
		status: 200,
		errors: ['unsupportedTus', 'unknownUpload', ...ends],
		handler: async ({ actor: { actor }, params: { uploadId: id }, request, response }) => {
			speakTus(request, response);
			const upload = await ownUpload(id, actor.staffId);
			await settled(upload);
			response.set('Upload-Offset', String(upload.offset));
			response.set('Upload-Length', String(upload.size));
			response.set('Upload-Expires', upload.expiresAt.toUTCString());
		},
	});

	hub.api.route({
		method: 'patch',
		path: '/uploads/{uploadId}',
		operationId: 'continueUpload',
		summary:
			'Appends bytes from `Upload-Offset` on; what arrives before a cut is kept. The last ones make the blob',
		tag,
		guard,
		params,
		takes: PIECE,
		errors: ['unsupportedTus', 'unknownUpload', 'uploadConflict', 'blobTooLarge', ...ends],
		handler: async ({ actor: { actor }, params: { uploadId: id }, request, response }) => {
			speakTus(request, response);
			const upload = await ownUpload(id, actor.staffId);
			if (request.get('upload-offset') !== String(upload.offset)) throw new AppError('uploadConflict');
			const offset = await store.append(upload, atMost(request, upload.size - upload.offset));
			await settled({ ...upload, offset });
			response.set('Upload-Offset', String(offset));
		},
	});

	hub.api.route({
		method: 'delete',
		path: '/uploads/{uploadId}',
		operationId: 'dropUpload',
		summary: 'Gives an upload up; a blob that was made of it stays',
		tag,
		guard,
		params,
		errors: ['unsupportedTus', 'unknownUpload'],
		handler: async ({ actor: { actor }, params: { uploadId: id }, request, response }) => {
			speakTus(request, response);
			await store.drop((await ownUpload(id, actor.staffId)).id);
		},
	});
}

function speakTus(request: Request, response: Response): void {
	response.set('Tus-Resumable', VERSION);
	if (request.get('tus-resumable') === VERSION) return;
	response.set('Tus-Version', VERSION);
	throw new AppError('unsupportedTus');
}

function metadataOf(header = ''): Map<string, string> {
	return new Map(
		header.split(',').map((pair) => {
			const [key = '', value = ''] = pair.trim().split(' ');
			return [key, Buffer.from(value, 'base64').toString('utf8')];
		}),
	);
}

async function* atMost(bytes: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
	let left = most;
	for await (const part of bytes) {
		left -= part.length;
		if (left < 0) throw new AppError('blobTooLarge');
		yield part;
	}
}
