import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import {
	REMINDER_RULES,
	type reminderRulesBody,
	type ReminderRulesOfCity,
} from '@counter-hub/shared/reminders/reminders.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { staffActor } from '../people/staffActor.ts';
import { timeline } from '../timeline/timeline.ts';
import { reminderRulesProjection } from './reminderProjections.ts';

/** When a city reminds, with the version that a change is sent back with. */
export async function showReminderRules(hub: HubContext, city: CityCode): Promise<ReminderRulesOfCity> {
	const state = await timeline(hub).state(reminderRulesProjection, city);
	return { version: state?.version ?? 0, rules: state?.rules ?? REMINDER_RULES };
}

/**
 * An administrator of the city decides; it stands on the city's timeline. What is so already changes nothing.
 * @throws AppError `notAllowed`, `staleVersion` where somebody else was faster, `commandReused`
 */
export async function setReminderRules(
	hub: HubContext,
	principal: Principal,
	city: CityCode,
	{ commandId, version, rules }: z.output<typeof reminderRulesBody>,
): Promise<ReminderRulesOfCity> {
	assertMay(may.setReminderRules(principal.actor, city));
	await timeline(hub).append({
		subject: `city:${city}`,
		commandId,
		content: { rules, by: principal.actor.staffId },
		reads: [reminderRulesProjection],
		decide: (view) => {
			const state = view.state(reminderRulesProjection);
			if ((state?.version ?? 0) !== version) throw new AppError('staleVersion');
			if (isDeepStrictEqual(state?.rules, rules)) return [];
			return [{ type: 'city.reminderRules', data: rules, actor: staffActor(principal, [city]) }];
		},
	});
	return showReminderRules(hub, city);
}
