import CalendarOff from '@lucide/svelte/icons/calendar-off';
import CalendarPlus from '@lucide/svelte/icons/calendar-plus';
import Clock from '@lucide/svelte/icons/clock';
import type { hoursEvents } from '@counter-hub/shared/hours/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import HoursPane from './HoursPane.svelte';
import { spansText } from './hoursWords.ts';
import OwnOpening from './OwnOpening.svelte';

const events: DescribeEvents<keyof typeof hoursEvents> = {
	'hours.weekSet': () => ({ icon: Clock, title: m.hours_event_week() }),
	'hours.exceptionSet': ({ date, spans, reason }) => ({
		icon: CalendarOff,
		title: m.hours_event_exception({ date, hours: spansText(spans) }),
		detail: reason,
	}),
	'hours.exceptionLifted': ({ date }) => ({ icon: CalendarPlus, title: m.hours_event_lifted({ date }) }),
};

/** When counters serve: administrators set it, the desk says how the own counter stands. */
export const hours: Feature = {
	name: 'hours',
	deskFact: OwnOpening,
	adminPanes: [{ id: 'hours', label: m.hours_tab, component: HoursPane }],
	events,
};
