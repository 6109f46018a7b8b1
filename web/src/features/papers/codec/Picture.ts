import type { Plane } from './rows.ts';

/** How a format of the browser stands here: as luma and half as large chroma, or as green, red − green, blue − green. */
export type Layout = 'i420' | 'rgb';

/** A picture in its own samples, as the camera gives it. */
export interface Picture {
	readonly layout: Layout;
	readonly width: number;
	readonly height: number;
	readonly planes: readonly Plane[];
	readonly colour: VideoColorSpaceInit;
}

/** Memory for a picture of that size. */
export function planesOf(layout: Layout, width: number, height: number): Plane[] {
	const half = { width: (width + 1) >> 1, height: (height + 1) >> 1 };
	const whole = { width, height };
	const sizes = layout === 'rgb' ? [whole, whole, whole] : [whole, half, half];
	return sizes.map((size) => ({ ...size, data: new Uint8Array(size.width * size.height) }));
}

/** Rows of a picture that are written together, and the rows of one of its planes that they are. */
const STRIPE_ROWS = 32;
/**
 * How far samples of each plane may lie off where luma may by `near`. Flat colours would get a tint; and what differs
 * from green cannot be told from what is beyond a byte, unless it is exact.
 */
export function nearOf(layout: Layout, near: number): number[] {
	return layout === 'rgb' ? [0, 0, 0] : [near, Math.min(near, 1), Math.min(near, 1)];
}

/** Before each stripe, its length in bytes. */
export const LENGTH_BYTES = 4;
/** No stripe of so wide a picture has more: three planes, each sample in full. */
export const mostBytes = (width: number): number => 4 * 3 * width * STRIPE_ROWS;
export const stripeCount = (height: number): number => Math.ceil(height / STRIPE_ROWS);
export function rowsOfStripe(plane: Plane, pictureHeight: number, stripe: number): [number, number] {
	const rows = plane.height < pictureHeight ? STRIPE_ROWS / 2 : STRIPE_ROWS;
	return [stripe * rows, Math.min((stripe + 1) * rows, plane.height)];
}
