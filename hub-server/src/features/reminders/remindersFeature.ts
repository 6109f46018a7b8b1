import { z } from 'zod';
import { knownCity } from '@counter-hub/shared/cities/cities.ts';
import {
	checkReminders,
	reminderRulesBody,
	reminderRulesOfCity,
} from '@counter-hub/shared/reminders/reminders.ts';
import type { Feature } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { timeline } from '../timeline/timeline.ts';
import { openReminders } from './openReminders.ts';
import { remindedModel, reminderRulesProjection, remindersProjection } from './reminderProjections.ts';
import { setReminderRules, showReminderRules } from './reminderRules.ts';
import { remindOfChecks } from './remind.ts';
import { tellReminders } from './tellReminders.ts';

const tag = 'Checks';
const cityParams = z.strictObject({ city: knownCity });

/** Before opening: who is told that a window's check is not done, or failed (L5). */
export const reminders: Feature = {
	name: 'reminders',
	register(hub) {
		const guard = signedIn(hub);
		remindedModel(hub.connection);
		timeline(hub).register(remindersProjection);
		timeline(hub).register(reminderRulesProjection);
		hub.api.route({
			method: 'get',
			path: '/checks/reminders',
			operationId: 'listCheckReminders',
			summary: 'Windows whose check of today is missed, of the own counter or the cities that one supervises',
			tag,
			guard,
			response: checkReminders,
			handler: ({ actor: { actor } }) => openReminders(hub, actor),
		});
		hub.api.route({
			method: 'get',
			path: '/cities/{city}/reminder-rules',
			operationId: 'readReminderRules',
			summary: 'How long before opening a city reminds of the check',
			tag,
			guard,
			params: cityParams,
			response: reminderRulesOfCity,
			errors: ['unknownCity'],
			handler: ({ params: { city } }) => showReminderRules(hub, city),
		});
		hub.api.route({
			method: 'put',
			path: '/cities/{city}/reminder-rules',
			operationId: 'setReminderRules',
			summary: 'An administrator decides how long before opening his city reminds of the check',
			tag,
			guard,
			params: cityParams,
			body: reminderRulesBody,
			response: reminderRulesOfCity,
			errors: ['notAllowed', 'unknownCity', 'staleVersion', 'commandReused', 'queueFull'],
			handler: ({ actor, params: { city }, body }) => setReminderRules(hub, actor, city, body),
		});
		remindOfChecks(hub);
		tellReminders(hub);
	},
};
