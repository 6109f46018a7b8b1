import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { counterId } from '../ids/ids.ts';

/** A calendar day in Asia/Shanghai. */
export const figuresQuery = z.strictObject({ day: z.iso.date() });

/** The sessions that were requested of a counter on a day, and the reviews that ended there. */
const counterFigures = z
	.object({
		counterId,
		counterName: z.string(),
		cityCode,
		/** All requests, whatever became of them. */
		sessions: z.int(),
		answered: z.int(),
		missed: z.int(),
		/** From request to answer, of those that were answered; null where none was. */
		medianAnswerSeconds: z.number().nullable(),
		/** Cases whose first round of review ended that day, and those of them that passed at once. */
		firstReviews: z.int(),
		firstPasses: z.int(),
		/** Rounds that the cases needed that passed that day, on average; null where none did. */
		roundsToPass: z.number().nullable(),
	})
	.meta({ id: 'CounterFigures' });
export type CounterFigures = z.infer<typeof counterFigures>;

/** `reached`: up to when the figures hold; null while none were made yet. Counters in the order of the cities. */
export const dayFigures = z
	.object({ day: z.iso.date(), reached: z.iso.datetime().nullable(), counters: z.array(counterFigures) })
	.meta({ id: 'DayFigures' });
export type DayFigures = z.infer<typeof dayFigures>;
