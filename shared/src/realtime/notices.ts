import { z } from 'zod';

export const connectionNotices = {
	/** The hub is about to stop; the page says “reconnecting” and not “failed”. */
	'hub:closing': z.object({}),
	/**
	 * After each connect, and when it changes: the oldest protocol that is understood, and the origins that a page must
	 * be allowed to connect to. What a page may reach was settled when it was loaded.
	 */
	'hub:rules': z.object({ protocol: z.int(), oldest: z.int(), connectOrigins: z.array(z.string()) }),
} as const;
