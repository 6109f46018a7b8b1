import { z } from 'zod';

export const authNotices = {
	/** The sign-in was revoked; the socket is cut after this. */
	'auth:revoked': z.object({ code: z.string() }),
} as const;
