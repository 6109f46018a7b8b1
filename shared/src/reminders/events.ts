import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { counterId, windowId } from '../ids/ids.ts';
import { reminderRules, reminderStage } from './reminders.ts';

/** `check.reminded` stands on the timeline `check:<windowId>~<date>`, `city.reminderRules` on `city:<code>` (L5). */
export const reminderEvents = {
	'check.reminded': z.object({
		windowId,
		counterId,
		cityCode,
		date: z.iso.date(),
		opensAt: z.iso.datetime(),
		stage: reminderStage,
	}),
	'city.reminderRules': reminderRules,
} as const;
