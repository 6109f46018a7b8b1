import { z } from 'zod';
import { uuid } from '../ids/ids.ts';

/*
 * A frame: one picture of a stream in full quality, sent beside it in parts over the signalling line (docs/protocol.md,
 * M-25). The node passes the parts on as they come, keeps none and does not look into them.
 */

export const FRAME_LIMITS = {
	/** Bytes of one part. */
	partBytes: 64 * 1024,
	/** Pixels of each side, and of the whole picture. */
	side: 8192,
	pixels: 24_000_000,
} as const;

const side = z.int().min(1).max(FRAME_LIMITS.side);

export const frameInfo = z
	.strictObject({
		frameId: uuid.describe('Chosen by the publishing page; sent again it is the same frame'),
		/** How its bytes are to be read; for the pages to agree upon. */
		format: z.string().regex(/^[a-z0-9-]{1,32}$/),
		width: side,
		height: side,
		/** Which rest of the picture it shows. Rests are counted upwards for as long as the stream is published. */
		rest: z.int().min(0),
	})
	.refine(({ width, height }) => width * height <= FRAME_LIMITS.pixels);
export type FrameInfo = z.infer<typeof frameInfo>;

export type FrameBytes = Uint8Array<ArrayBuffer> | ArrayBuffer;
const isPart = (data: unknown): boolean =>
	(data instanceof Uint8Array || data instanceof ArrayBuffer) &&
	data.byteLength > 0 &&
	data.byteLength <= FRAME_LIMITS.partBytes;

/** One after another, from 0 on, until the last. */
export const framePart = {
	frameId: uuid,
	part: z.int().min(0),
	last: z.boolean(),
	/** Socket.IO gives browsers an ArrayBuffer and servers a Buffer. */
	data: z.custom<FrameBytes>(isPart),
};
