import { imageSize } from 'image-size';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { STILL_PIXELS_MAX, STILL_SIDE_MAX, THUMBNAIL_SIDE_MAX } from '@counter-hub/shared/stills/stills.ts';
import type { HubContext } from '../../HubContext.ts';
import type { BlobInfo } from '../../platform/blobs/BlobStore.ts';
import { blobs } from '../blobs/blobs.ts';

/** A camera's notes (EXIF, colour profile) stand before a picture's size, and may be long. */
const HEAD_BYTES = 512 * 1024;
const KINDS: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];

export interface Picture extends BlobInfo {
	/** Pixels, as the picture itself says. */
	readonly width: number;
	readonly height: number;
}

/**
 * Bytes that this person has brought, as a picture, by what stands in their head: nothing is unpacked here. Whoever only
 * knows the name of somebody's bytes must not come by them.
 * @throws AppError `unknownBlob`, `notAPicture`, `pictureTooLarge`
 */
export async function pictureOf(hub: HubContext, staffId: string, sha256: string): Promise<Picture> {
	const { store } = blobs(hub);
	const [info, isOwn] = await Promise.all([store.info(sha256), store.isBroughtBy(staffId, sha256)]);
	if (!info || !isOwn) throw new AppError('unknownBlob');
	if (!KINDS.includes(info.kind)) throw new AppError('notAPicture', { params: { kind: info.kind } });
	const parts: Buffer[] = [];
	const head = store.stream(sha256, { start: 0, end: Math.min(info.size, HEAD_BYTES) });
	for await (const part of head as AsyncIterable<Buffer>) parts.push(part);
	const { width, height } = sizeOf(Buffer.concat(parts));
	if (width > STILL_SIDE_MAX || height > STILL_SIDE_MAX || width * height > STILL_PIXELS_MAX) {
		throw new AppError('pictureTooLarge', { params: { width, height, most: STILL_PIXELS_MAX } });
	}
	return { ...info, width, height };
}

/**
 * That bytes which this person has brought are a picture too small to be read: who opens it is not put on record.
 * @throws AppError `unknownBlob`, `notAPicture`, `pictureTooLarge`
 */
export async function assertThumbnail(hub: HubContext, staffId: string, sha256: string): Promise<void> {
	const { width, height } = await pictureOf(hub, staffId, sha256);
	if (width > THUMBNAIL_SIDE_MAX || height > THUMBNAIL_SIDE_MAX) {
		throw new AppError('pictureTooLarge', { params: { width, height, side: THUMBNAIL_SIDE_MAX } });
	}
}

function sizeOf(head: Buffer): { width: number; height: number } {
	try {
		const { width, height, orientation = 1 } = imageSize(head);
		if (width < 1 || height < 1) throw new RangeError('a picture without pixels');
		// As it is shown: a camera that was held upright says so and stores what it saw lying.
		return orientation > 4 ? { width: height, height: width } : { width, height };
	} catch (cause) {
		throw new AppError('notAPicture', { cause });
	}
}
