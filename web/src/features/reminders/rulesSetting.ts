import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import {
	REMINDER_RULES,
	reminderRules,
	type ReminderRules,
	type ReminderRulesOfCity,
} from '@counter-hub/shared/reminders/reminders.ts';
import type { Reading, SettingKind } from '#features/settings/Setting.svelte.ts';
import type { Api } from '#platform/Api.ts';
import { remindersApi } from './remindersApi.ts';

type Texts = Record<keyof ReminderRules, string>;
type Faults = Partial<Record<keyof ReminderRules, true>>;

/** How long before opening a city reminds of the check. */
export const rulesSetting = (api: Api, city: CityCode): SettingKind<ReminderRules, Texts, Faults> => ({
	defaults: REMINDER_RULES,
	load: async () => decided(await remindersApi.rules(api, city)),
	save: async ({ commandId, version, value }) =>
		decided(await remindersApi.setRules(api, city, { commandId, version, rules: value })),
	textsOf: ({ clerkMinutes, supervisorMinutes }) => ({
		clerkMinutes: String(clerkMinutes),
		supervisorMinutes: String(supervisorMinutes),
	}),
	read,
});

const decided = ({ version, rules }: ReminderRulesOfCity) => ({ version, value: rules });

function read({ clerkMinutes, supervisorMinutes }: Texts): Reading<ReminderRules, Faults> {
	const parsed = reminderRules.safeParse({
		clerkMinutes: minutesOf(clerkMinutes),
		supervisorMinutes: minutesOf(supervisorMinutes),
	});
	if (parsed.success) return { value: parsed.data, faults: null };
	const wrong = parsed.error.issues.map(({ path }) => path[0]);
	const isClerk = wrong.includes('clerkMinutes');
	// That the supervisor is told before the clerk is a matter of both, shown at the later of them.
	return {
		faults: {
			...(isClerk && { clerkMinutes: true }),
			...(wrong.some((one) => one !== 'clerkMinutes') && { supervisorMinutes: true }),
		},
	};
}

function minutesOf(text: string): number {
	const plain = text.normalize('NFKC').trim();
	return /^\d{1,3}$/.test(plain) ? Number(plain) : NaN;
}
