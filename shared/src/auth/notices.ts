import { z } from 'zod';
import { revocationReason } from '../people/people.ts';

export const authNotices = {
	/** The sign-in was revoked; the socket is cut after this. */
	'auth:revoked': z.object({ code: z.string(), reason: revocationReason }),
} as const;
