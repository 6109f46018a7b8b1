import { z } from 'zod';
import { staffId } from '../ids/ids.ts';

const entry = { zh: z.string(), en: z.string(), place: z.int() };

/** On the timeline `city:<code>`. */
export const cityEvents = {
	/**
	 * The city is in the register from now on. It moves the machine `letters:<letters>` for the only time, so that no two
	 * cities get the same.
	 */
	'city.registered': z.object({
		letters: z.string(),
		...entry,
		/** Who looked after all cities at that moment, and so looks after this one as well. */
		keepers: z.array(staffId),
	}),
	'city.changed': z.object(entry),
} as const;
