import { z } from 'zod';

export const chatEvents = {
	/** Written to the other side in a call, and about its session (V9). */
	'chat.said': z.object({ text: z.string() }),
} as const;
