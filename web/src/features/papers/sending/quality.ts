import type { Layout } from '../codec/Picture.ts';

/** How far a sample may lie off in a frame that is sent first where the exact one would take long: invisible in print. */
const QUICK = 4;
export const EXACT = 0;
/** Bytes for each pixel of a page of print in the noise of a usual camera, until one was sent. */
export const EXACT_BYTES = 0.65;
/** Both ends together spend so long on each pixel, in milliseconds. */
const WORK_MS = 110e-6;
/** An exact frame that takes no longer comes at once. */
const AT_ONCE_MS = 450;
/** One that would keep the line busy for longer is not sent. */
const TOO_LONG_MS = 15_000;

/** Which frames are sent of a picture that rests, one after the other, by how near each is to it. */
export function framesFor(layout: Layout, pixels: number, bytesPerPixel: number, rate: number): number[] {
	if (layout === 'rgb') return [EXACT];
	const onLineMs = (1000 * pixels * bytesPerPixel) / rate;
	if (onLineMs + pixels * WORK_MS <= AT_ONCE_MS) return [EXACT];
	return onLineMs <= TOO_LONG_MS ? [QUICK, EXACT] : [QUICK];
}

/** Bytes of the one that comes first, for each pixel, and how long it may be on the line to come soon. */
const QUICK_BYTES = 0.24;
const SOON_MS = 800;

/** Whether the first frame of a rest will be there so soon that its stream need not become sharper meanwhile. */
export const comesSoon = (pixels: number, rate: number): boolean =>
	(1000 * pixels * QUICK_BYTES) / rate <= SOON_MS;
