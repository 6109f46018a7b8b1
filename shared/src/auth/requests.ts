import { z } from 'zod';
import { request } from '../realtime/ack.ts';

export const authRequests = {
	/** A fresh access token for a socket that stays open; the old one's expiry no longer ends it. */
	'auth:renew': request(z.strictObject({ token: z.string().max(4096) }), z.object({})),
} as const;
