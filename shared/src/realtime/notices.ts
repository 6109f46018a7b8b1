import { z } from 'zod';

export const connectionNotices = {
	/** The hub is about to stop; the page says “reconnecting” and not “failed”. */
	'hub:closing': z.object({}),
} as const;
