import { z } from 'zod';
import { itemNo } from '../catalogue/catalogue.ts';
import { cityCode } from '../cities/cities.ts';
import { counterId, personId } from '../ids/ids.ts';

/** Facts of a case. Personal data never stand here: `personId` points into the protected store. */
export const caseEvents = {
	'case.opened': z.object({
		caseNo: z.string(),
		itemNo,
		enterpriseName: z.string(),
		uscc: z.string(),
		usccWarning: z.boolean(),
		personId,
		originCity: cityCode,
		originCounterId: counterId,
		permitCity: cityCode,
		permitCounterId: counterId,
		demo: z.boolean(),
	}),
	'person.unmasked': z.object({ personId, reason: z.string() }),
} as const;
