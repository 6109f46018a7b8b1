import { z } from 'zod';
import { stillContent, stillId } from './stills.ts';

export const stillEvents = {
	/** A hi-res still of a paper is stored (V5); about the session in which it was taken. */
	'still.taken': stillContent,
	/** Marked as void by a supervisor. Nothing is deleted. */
	'still.struck': z.object({ stillId, reason: z.string() }),
} as const;
