import { z } from 'zod';
import { windowId } from '../ids/ids.ts';
import { request } from '../realtime/ack.ts';

export const presenceRequests = {
	/** Keeps the lease of presence, and says which window this PC is. */
	'presence:renew': request(z.strictObject({ windowId: windowId.nullable() }), z.object({})),
} as const;
