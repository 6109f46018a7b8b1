import { frameStream } from '#features/media/frames.ts';
import type { PictureWriter } from './PictureWriter.ts';
import type { WrittenPicture } from './worker/messages.ts';

/** A camera that does not answer is not waited for: the stream's own frame is nearly as good, if it gives one. */
const PATIENCE_MS = 4_000;

/**
 * The camera's full resolution (`ImageCapture.takePhoto`), or where it gives none the whole frame of the stream (V5).
 * @throws Error where the track gives no picture at all
 */
export async function takePicture(track: MediaStreamTrack, writer: PictureWriter): Promise<WrittenPicture> {
	const photo = await photoOf(track);
	const written = photo && (await writer.write(photo).catch(() => null));
	const { width = 0 } = track.getSettings();
	// Some cameras give a small picture when asked for a photo.
	if (written && written.width >= width) return written;
	return await writer.write(await frameOf(track));
}

async function photoOf(track: MediaStreamTrack): Promise<Blob | null> {
	try {
		return await Promise.race([new ImageCapture(track).takePhoto(), late()]);
	} catch {
		// A screen, a picture in place of a camera, or a camera that takes no photos.
		return null;
	}
}

const late = () => new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));

async function frameOf(track: MediaStreamTrack): Promise<VideoFrame | ImageBitmap> {
	const reader = frameStream(track)?.getReader();
	if (!reader) return await shownFrameOf(track);
	try {
		const read = await Promise.race([reader.read(), late()]);
		if (!read?.value) throw new Error('the camera gives no picture');
		return read.value;
	} finally {
		void reader.cancel().catch(() => undefined);
	}
}

/** Where a page cannot read single frames. */
async function shownFrameOf(track: MediaStreamTrack): Promise<ImageBitmap> {
	const video = document.createElement('video');
	video.muted = true;
	video.srcObject = new MediaStream([track]);
	try {
		await video.play();
		await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
		return await createImageBitmap(video);
	} finally {
		video.srcObject = null;
	}
}
