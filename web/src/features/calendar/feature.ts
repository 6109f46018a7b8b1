import CalendarCog from '@lucide/svelte/icons/calendar-cog';
import type { calendarEvents } from '@counter-hub/shared/calendar/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import CalendarPane from './CalendarPane.svelte';

const events: DescribeEvents<keyof typeof calendarEvents> = {
	'calendar.yearSet': ({ year, source }) => ({
		icon: CalendarCog,
		title: m.calendar_event({ year }),
		detail: source,
	}),
};

/** The working-day calendar, for administrators to look at and to prolong. */
export const calendar: Feature = {
	name: 'calendar',
	adminPanes: [{ id: 'calendar', label: m.calendar_tab, component: CalendarPane }],
	events,
};
