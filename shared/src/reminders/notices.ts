import { z } from 'zod';
import { counterId } from '../ids/ids.ts';
import { reminderStage } from './reminders.ts';

export const reminderNotices = {
	/** To pages of the counter, and from the second stage on of its supervisors: they read what is open. */
	'check:reminded': z.object({ counterId, stage: reminderStage }),
} as const;
