import { z } from 'zod';
import { counterId, staffId } from '../ids/ids.ts';

export const shiftNotices = {
	/** To pages of the counter, and of the people concerned: a shift has another state. They read it again. */
	'shift:changed': z.object({ staffId, counterId }),
} as const;
