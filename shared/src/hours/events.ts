import { z } from 'zod';
import { localDate } from '../calendar/localDate.ts';
import { hoursException } from './hours.ts';
import { span } from './spans.ts';

/** On the timeline `counter:<id>`: when the counter serves from now on. */
export const hoursEvents = {
	/** Monday to Sunday. */
	'hours.weekSet': z.object({ week: z.array(z.array(span)) }),
	/** A date is not as its weekday has it. */
	'hours.exceptionSet': hoursException,
	/** It is again. */
	'hours.exceptionLifted': z.object({ date: localDate }),
} as const;
