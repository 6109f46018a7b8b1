import { sha256Of } from '#platform/blobs/sha256Of.ts';
import type { NamedBytes, PictureAnswer, PictureOrder, PictureSource, WrittenPicture } from './messages.ts';

/*
 * Writes pictures as files beside the page: at full resolution that is a third of a second of work, and on the page
 * itself the browser waits for an idle moment with it, of which a call has few.
 */

/** Full quality: what a JPEG loses above it is less than what a sensor adds. */
const FRAME_QUALITY = 0.97;
const THUMBNAIL_SIDE = 160;
const THUMBNAIL_QUALITY = 0.7;

onmessage = async ({ data: { id, source } }: MessageEvent<PictureOrder>) => {
	const answer = (said: PictureAnswer) => postMessage(said);
	try {
		answer({ id, written: await write(source) });
	} catch (error) {
		answer({ id, why: String(error) });
	}
};

async function write(source: PictureSource): Promise<WrittenPicture> {
	const image = source instanceof Blob ? await createImageBitmap(source) : source;
	try {
		const { width, height } = sizeOf(image);
		const canvas = drawn(image, width, height);
		const file = source instanceof Blob ? source : jpegOf(canvas, FRAME_QUALITY);
		const [picture, thumbnail] = await Promise.all([
			Promise.resolve(file).then(named),
			thumbnailOf(canvas).catch(() => null),
		]);
		return { ...picture, width, height, thumbnail };
	} finally {
		image.close();
	}
}

function thumbnailOf(picture: OffscreenCanvas): Promise<NamedBytes> {
	const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(picture.width, picture.height));
	const side = (whole: number) => Math.max(1, Math.round(whole * scale));
	const canvas = drawn(picture, side(picture.width), side(picture.height));
	return jpegOf(canvas, THUMBNAIL_QUALITY).then(named);
}

const sizeOf = (image: ImageBitmap | VideoFrame): { width: number; height: number } =>
	'displayWidth' in image ? { width: image.displayWidth, height: image.displayHeight } : image;

function drawn(image: CanvasImageSource, width: number, height: number): OffscreenCanvas {
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
	if (!context) throw new Error('no canvas');
	context.imageSmoothingQuality = 'high';
	context.drawImage(image, 0, 0, width, height);
	return canvas;
}

const jpegOf = (canvas: OffscreenCanvas, quality: number): Promise<Blob> =>
	canvas.convertToBlob({ type: 'image/jpeg', quality });

const named = async (blob: Blob): Promise<NamedBytes> => ({ blob, sha256: await sha256Of(blob) });
