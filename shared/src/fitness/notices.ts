import { z } from 'zod';

export const fitnessNotices = {
	/** Something has changed in what this person holds, or in what is asked of him: read it anew. */
	'fitness:changed': z.object({}),
} as const;
