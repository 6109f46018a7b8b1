import { z } from 'zod';

export const noteEvents = {
	/** A note on a case. */
	'case.noted': z.object({ text: z.string() }),
} as const;
