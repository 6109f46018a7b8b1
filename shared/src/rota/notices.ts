import { z } from 'zod';
import { counterId } from '../ids/ids.ts';

export const rotaNotices = {
	/** The rota of a counter and week has another version; whoever shows it reads it again. */
	'rota:changed': z.object({
		counterId,
		monday: z.iso.date(),
		version: z.int(),
		/** Whether it is in force, so that who is on duty may be somebody else now. */
		published: z.boolean(),
	}),
} as const;
