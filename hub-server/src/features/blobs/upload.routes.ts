import { z } from 'zod';
import { uploadId } from '@counter-hub/shared/blobs/blobs.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import type { Upload } from '../../platform/blobs/BlobStore.ts';
import { finishUpload } from '../../platform/blobs/finishUpload.ts';
import { BLOB_MAX_BYTES, UPLOAD_LIFE } from '../../platform/blobs/limits.ts';
import { API_BASE } from '../../platform/http/Api.ts';
import { signedIn } from '../auth/guards.ts';
import type { Principal } from '../auth/Principal.ts';
import { blobs } from './blobs.ts';
import { TUS_VERSION, beginHeaders, pieceHeaders, tusHeaders } from './tusHeaders.ts';

const tag = 'Bytes';
const PIECE = 'application/offset+octet-stream';
const params = z.strictObject({ uploadId });
const ends = ['wrongHash', 'forbiddenKind', 'blobInfected', 'scannerUnavailable'] as const;

/** Resumable uploads as tus 1.0.0 has them: core, creation, expiration, termination. */
export function uploadRoutes(hub: HubContext): void {
	const guard = signedIn(hub);
	const { store } = blobs(hub);
	// Refusals say so too, also those of what is no tus.
	hub.api.router.use('/uploads', (_request, response, next) => {
		response.set({ 'Tus-Resumable': TUS_VERSION, 'Tus-Version': TUS_VERSION });
		next();
	});

	const ownUpload = async (id: string, staffId: string): Promise<Upload> => {
		const upload = await store.find(id);
		const isLive = upload !== undefined && upload.expiresAt.getTime() > hub.now();
		if (!isLive || upload.staffId !== staffId) throw new AppError('unknownUpload');
		return upload;
	};
	/** Also where the hub that took the last bytes died before it looked at them. */
	const settled = async (principal: Principal, upload: Upload): Promise<void> => {
		if (upload.offset < upload.size || upload.isFinished) return;
		await finishUpload(store, blobs(hub).inspectionFor(principal), upload);
	};

	hub.api.route({
		method: 'post',
		path: '/uploads',
		operationId: 'beginUpload',
		summary: 'Begins a resumable upload (tus 1.0.0); `Location` says where its bytes go',
		tag,
		guard,
		headers: beginHeaders,
		status: 201,
		errors: ['unsupportedTus', 'blobTooLarge', 'tooManyUploads', 'storageFull'],
		handler: async ({ actor: { actor }, headers, response }) => {
			const { 'Upload-Length': size, 'Upload-Metadata': sha256 } = headers;
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
		headers: tusHeaders,
		status: 200,
		errors: ['unsupportedTus', 'unknownUpload', ...ends],
		handler: async ({ actor: principal, params: { uploadId: id }, response }) => {
			const upload = await ownUpload(id, principal.actor.staffId);
			await settled(principal, upload);
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
		headers: pieceHeaders,
		takes: PIECE,
		errors: ['unsupportedTus', 'unknownUpload', 'uploadConflict', 'blobTooLarge', ...ends],
		handler: async ({ actor: principal, params: { uploadId: id }, headers, request, response }) => {
			const upload = await ownUpload(id, principal.actor.staffId);
			if (headers['Upload-Offset'] !== upload.offset) throw new AppError('uploadConflict');
			const offset = await store.append(upload, atMost(request, upload.size - upload.offset));
			await settled(principal, { ...upload, offset });
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
		headers: tusHeaders,
		errors: ['unsupportedTus', 'unknownUpload'],
		handler: async ({ actor: { actor }, params: { uploadId: id } }) => {
			await store.drop((await ownUpload(id, actor.staffId)).id);
		},
	});
}

async function* atMost(bytes: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
	let left = most;
	for await (const part of bytes) {
		left -= part.length;
		if (left < 0) throw new AppError('blobTooLarge');
		yield part;
	}
}
