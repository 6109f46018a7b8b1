import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { counterId } from '../ids/ids.ts';
import { role } from './people.ts';

/** Administrative acts on the timeline `staff:<id>` (X3 in part). */
export const peopleEvents = {
	'staff.created': z.object({ role, cities: z.array(cityCode), counterId: counterId.nullable() }),
	'staff.changed': z.object({
		changed: z.array(z.string()),
		role,
		cities: z.array(cityCode),
		counterId: counterId.nullable(),
		disabled: z.boolean(),
	}),
	'staff.passwordReset': z.object({}),
	/** Wrong passwords under this name make the next attempts wait. */
	'staff.guessingSlowed': z.object({ seconds: z.int() }),
	'staff.slowingLifted': z.object({}),
} as const;
