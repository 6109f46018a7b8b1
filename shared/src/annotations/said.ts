import { z } from 'zod';
import { MARK_GRID, markId } from './marks.ts';

/*
 * What pages say to each other while somebody points or draws, over the volatile line (rule M-21): at once or not at
 * all. A later message heals what an earlier one that was lost had said; what counts is the command at the end.
 */

export const SAID_LIMITS = {
	/** Points of the pen in one message: with all else below 1 KiB. */
	points: 64,
	/** Points of one stroke before it is thinned out. */
	stroke: 4_096,
} as const;

/** `markPictureKey` of what is pointed at. */
const on = z.string().max(128);
const share = z.int().min(0).max(MARK_GRID);

/** Topic `pointer`: where somebody points, or that he does no longer. */
export const pointerSaid = z.strictObject({ on, at: z.tuple([share, share]).nullable() });
export type PointerSaid = z.infer<typeof pointerSaid>;

/** Topic `ink`: a mark that is being drawn, until `mark.drawn` takes its place; or that it was given up. */
export const inkSaid = z.union([
	z.strictObject({
		id: markId,
		on,
		tool: z.enum(['pen', 'arrow', 'box']),
		/** Which of all its points comes first here. */
		from: z.int().min(0).max(SAID_LIMITS.stroke),
		/** x and y by turns; earlier ones are said again. */
		points: z
			.array(share)
			.min(2)
			.max(2 * SAID_LIMITS.points),
	}),
	z.strictObject({ id: markId, gone: z.literal(true) }),
]);
export type InkSaid = z.infer<typeof inkSaid>;
