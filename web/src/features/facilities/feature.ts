import Building from '@lucide/svelte/icons/building';
import Monitor from '@lucide/svelte/icons/monitor';
import type { facilityEvents } from '@counter-hub/shared/facilities/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import FacilitiesPane from './FacilitiesPane.svelte';
import { placeName } from './facilityWords.ts';

const events: DescribeEvents<keyof typeof facilityEvents> = {
	'facilities.siteRecorded': ({ place, sign }) => ({
		icon: Building,
		title: m.facilities_event_site(),
		detail: [placeName(place), sign.shown ? m.facilities_sign_yes() : m.facilities_sign_no()].join(' · '),
	}),
	'facilities.windowRecorded': () => ({ icon: Monitor, title: m.facilities_event_window() }),
};

/** Facilities of counters: administrators record them, supervisors read them. */
export const facilities: Feature = {
	name: 'facilities',
	pages: [{ href: '/facilities', roles: ['supervisor'], label: m.facilities_tab }],
	adminPanes: [{ id: 'facilities', label: m.facilities_tab, component: FacilitiesPane }],
	events,
};
