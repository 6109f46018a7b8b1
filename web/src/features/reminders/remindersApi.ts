import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import {
	checkReminders,
	reminderRulesOfCity,
	type ReminderRules,
} from '@counter-hub/shared/reminders/reminders.ts';
import type { Api } from '#platform/Api.ts';

/** REST of reminders before opening. All throw ApiProblem. */
export const remindersApi = {
	open: (api: Api) => api.get('/checks/reminders', checkReminders),
	rules: (api: Api, city: CityCode) => api.get(`/cities/${city}/reminder-rules`, reminderRulesOfCity),
	setRules: (api: Api, city: CityCode, body: { commandId: string; version: number; rules: ReminderRules }) =>
		api.command({ method: 'PUT', path: `/cities/${city}/reminder-rules`, body, answer: reminderRulesOfCity }),
} as const;
