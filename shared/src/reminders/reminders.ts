import { z } from 'zod';
import { checkItem } from '../checks/items.ts';
import { cityCode } from '../cities/cities.ts';
import { commandId, counterId, windowId } from '../ids/ids.ts';

/** Minutes before opening; the supervisor hears of it after the clerk. */
export const REMINDER_RANGE = { least: 1, most: 180 } as const;
const minutes = z.int().min(REMINDER_RANGE.least).max(REMINDER_RANGE.most);

/** How long before a counter opens its clerks are reminded of the check, and then its supervisors (L5). */
export const reminderRules = z
	.strictObject({ clerkMinutes: minutes, supervisorMinutes: minutes })
	.refine(({ clerkMinutes, supervisorMinutes }) => supervisorMinutes <= clerkMinutes, {
		error: 'the clerk is reminded first',
		path: ['supervisorMinutes'],
	})
	.meta({ id: 'ReminderRules' });
export type ReminderRules = z.infer<typeof reminderRules>;
export const REMINDER_RULES: ReminderRules = { clerkMinutes: 30, supervisorMinutes: 15 };

/** `version`: the one last read; 0 while the city has decided nothing. */
export const reminderRulesOfCity = z
	.object({ version: z.int(), rules: reminderRules })
	.meta({ id: 'ReminderRulesOfCity' });
export type ReminderRulesOfCity = z.infer<typeof reminderRulesOfCity>;
export const reminderRulesBody = z.strictObject({
	commandId,
	version: z.int().min(0),
	rules: reminderRules,
});

/** 专窗 · 监督 */
export const reminderStage = z.enum(['clerk', 'supervisor']).meta({ id: 'ReminderStage' });
export type ReminderStage = z.infer<typeof reminderStage>;

/** A window whose check of today is not done, or failed, shortly before service or in it. */
const checkReminder = z
	.object({
		windowId,
		windowNumber: z.int(),
		counterId,
		counterName: z.string(),
		cityCode,
		opensAt: z.iso.datetime(),
		/** How far it has gone. */
		stage: reminderStage,
		since: z.iso.datetime(),
		/** Items that failed; none: the check is not done. */
		faults: z.array(checkItem),
	})
	.meta({ id: 'CheckReminder' });
export type CheckReminder = z.infer<typeof checkReminder>;
export const checkReminders = z.object({ reminders: z.array(checkReminder) }).meta({ id: 'CheckReminders' });
