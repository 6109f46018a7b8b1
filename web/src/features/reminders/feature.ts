import BellRing from '@lucide/svelte/icons/bell-ring';
import type { reminderEvents } from '@counter-hub/shared/reminders/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { hourMinute } from '#platform/format.ts';
import { m } from '#paraglide/messages.js';
import ReminderChip from './ReminderChip.svelte';
import ReminderPanel from './ReminderPanel.svelte';
import { setUpReminders } from './setUpReminders.svelte.ts';

const events: DescribeEvents<keyof typeof reminderEvents> = {
	'check.reminded': ({ stage, opensAt }) => ({
		icon: BellRing,
		title: stage === 'clerk' ? m.reminders_event_clerk() : m.reminders_event_supervisor(),
		detail: m.reminders_event_detail({ at: hourMinute(opensAt) }),
		tone: 'warn',
	}),
	'city.reminderRules': ({ clerkMinutes, supervisorMinutes }) => ({
		icon: BellRing,
		title: m.reminders_event_rules(),
		detail: m.reminders_event_rulesDetail({ clerk: clerkMinutes, supervisor: supervisorMinutes }),
	}),
};

/** Before opening: who is told that a window's check is not done, or failed (L5). */
export const reminders: Feature = {
	name: 'reminders',
	signedIn: setUpReminders,
	barItem: ReminderChip,
	deskPanels: [{ rank: 0.4, component: ReminderPanel }],
	events,
};
