import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { counterId, windowId } from '../ids/ids.ts';
import { verdict } from '../links/linkTerms.ts';
import { checkFinding, checkMinimum } from './items.ts';

/** `check.item` stands on the timeline `check:<windowId>~<date>`, `city.checkMinimum` on `city:<code>`. */
export const checkEvents = {
	'check.item': z.object({
		windowId,
		counterId,
		cityCode,
		date: z.iso.date(),
		found: checkFinding,
		verdict,
	}),
	'city.checkMinimum': checkMinimum,
} as const;
