import { z } from 'zod';
import { request } from './ack.ts';

export const connectionRequests = {
	/** The hub's time, milliseconds since 1970: pages count by it and not by their PC's clock. */
	'hub:time': request(z.strictObject({}), z.object({ time: z.int() })),
} as const;
