import { planesOf, type Layout, type Picture } from './Picture.ts';
import type { Samples } from '../stillness/lightGrid.ts';

/** A picture of the camera in the browser's own form, copied into memory. */
export interface RawPicture {
	readonly format: 'I420' | 'NV12' | 'RGBA' | 'BGRA';
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly planes: readonly PlaneLayout[];
	readonly width: number;
	readonly height: number;
	readonly colour: VideoColorSpaceInit;
}

/** Bytes that are used anew for each picture of the same size. */
export type Memory = Uint8Array<ArrayBuffer>;

/** Formats with the same order of bytes. */
const PLAIN = { I420: 'I420', NV12: 'NV12', RGBA: 'RGBA', RGBX: 'RGBA', BGRA: 'BGRA', BGRX: 'BGRA' } as const;
const SRGB = { primaries: 'bt709', transfer: 'iec61966-2-1', matrix: 'rgb', fullRange: true } as const;

const isPlain = (format: string | null): format is keyof typeof PLAIN => format !== null && format in PLAIN;

/** Copies the pixels of a frame, into `memory` where that is of the right size. The frame stays open. */
export async function copyFrame(frame: VideoFrame, memory?: Memory): Promise<RawPicture> {
	const { format, visibleRect, colorSpace } = frame;
	const [width, height] = [visibleRect?.width ?? frame.codedWidth, visibleRect?.height ?? frame.codedHeight];
	if (!isPlain(format)) return drawFrame(frame, width, height);
	const size = frame.allocationSize();
	const bytes = memory?.length === size ? memory : new Uint8Array(size);
	const planes = await frame.copyTo(bytes);
	const { primaries, transfer, matrix, fullRange } = colorSpace;
	const colour = { primaries, transfer, matrix, fullRange };
	return { format: PLAIN[format], bytes, planes, width, height, colour };
}

/** What the browser does not give out as it is, it can draw. */
function drawFrame(frame: VideoFrame, width: number, height: number): RawPicture {
	const context = new OffscreenCanvas(width, height).getContext('2d', {
		alpha: false,
		willReadFrequently: true,
	});
	if (!context) throw new Error('no canvas');
	context.drawImage(frame, 0, 0, width, height);
	const { data } = context.getImageData(0, 0, width, height);
	const bytes = new Uint8Array(data.buffer);
	return { format: 'RGBA', bytes, planes: [{ offset: 0, stride: 4 * width }], width, height, colour: SRGB };
}

export const layoutOf = (format: RawPicture['format']): Layout =>
	format === 'RGBA' || format === 'BGRA' ? 'rgb' : 'i420';

/** What tells light from dark in it: luma, or green. */
export function lightOf({ format, bytes, planes, width, height }: RawPicture): Samples {
	const isRgb = layoutOf(format) === 'rgb';
	const { offset = 0, stride = 0 } = planes[0] ?? {};
	return { data: bytes, offset: offset + (isRgb ? 1 : 0), stride, step: isRgb ? 4 : 1, width, height };
}

/** Sorts the samples into planes of their own. */
export function pictureOf(raw: RawPicture): Picture {
	const { format, width, height, colour } = raw;
	const layout = layoutOf(format);
	const planes = planesOf(layout, width, height);
	if (layout === 'rgb')
		sortColours(
			raw,
			planes.map(({ data }) => data),
		);
	else {
		for (const [at, plane] of planes.entries()) {
			// NV12 has the two kinds of chroma by turns.
			const isMixed = format === 'NV12' && at > 0;
			const { offset = 0, stride = 0 } = raw.planes[isMixed ? 1 : at] ?? {};
			const [first, step] = isMixed ? [offset + at - 1, 2] : [offset, 1];
			copyPlane({ ...raw, first, stride, step }, plane);
		}
	}
	return { layout, width, height, planes, colour };
}

/** The way back, to be shown. */
export function frameOf({ layout, width, height, planes, colour }: Picture): VideoFrame {
	const init = { codedWidth: width, codedHeight: height, timestamp: 0, colorSpace: colour };
	if (layout === 'i420') {
		const bytes = new Uint8Array(planes.reduce((sum, { data }) => sum + data.length, 0));
		let at = 0;
		for (const { data } of planes) {
			bytes.set(data, at);
			at += data.length;
		}
		return new VideoFrame(bytes, { ...init, format: 'I420' });
	}
	const [green, red, blue] = planes.map(({ data }) => data);
	const bytes = new Uint8Array(4 * width * height);
	for (let pixel = 0, at = 0; pixel < width * height; pixel++, at += 4) {
		const middle = green?.[pixel] ?? 0;
		bytes[at] = middle + (red?.[pixel] ?? 0) - 128;
		bytes[at + 1] = middle;
		bytes[at + 2] = middle + (blue?.[pixel] ?? 0) - 128;
		bytes[at + 3] = 255;
	}
	return new VideoFrame(bytes, { ...init, format: 'RGBX' });
}

/** Red and blue as what they differ from green, round 128; beyond a byte it begins anew. */
function sortColours(
	{ format, bytes, planes, width, height }: RawPicture,
	into: readonly Uint8Array[],
): void {
	const [green, red, blue] = into;
	const { offset = 0, stride = 0 } = planes[0] ?? {};
	const redFirst = format === 'RGBA';
	if (!green || !red || !blue) return;
	for (let y = 0, pixel = 0; y < height; y++) {
		for (let at = offset + y * stride, end = at + 4 * width; at < end; at += 4, pixel++) {
			const middle = bytes[at + 1] ?? 0;
			const [one, other] = [(bytes[at] ?? 0) - middle + 128, (bytes[at + 2] ?? 0) - middle + 128];
			green[pixel] = middle;
			red[pixel] = redFirst ? one : other;
			blue[pixel] = redFirst ? other : one;
		}
	}
}

interface PlaneSource {
	readonly bytes: Uint8Array;
	readonly first: number;
	readonly stride: number;
	readonly step: number;
}

function copyPlane({ bytes, first, stride, step }: PlaneSource, plane: Picture['planes'][number]): void {
	const { data, width, height } = plane;
	for (let y = 0; y < height; y++) {
		const from = first + y * stride;
		if (step === 1) data.set(bytes.subarray(from, from + width), y * width);
		else for (let x = 0; x < width; x++) data[y * width + x] = bytes[from + x * step] ?? 0;
	}
}
