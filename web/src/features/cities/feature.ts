import MapPin from '@lucide/svelte/icons/map-pin';
import MapPinPen from '@lucide/svelte/icons/map-pin-pen';
import type { cityEvents } from '@counter-hub/shared/cities/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import CitiesPane from './CitiesPane.svelte';

const events: DescribeEvents<keyof typeof cityEvents> = {
	'city.registered': ({ zh, en, letters }) => ({
		icon: MapPin,
		title: m.cities_event_registered({ zh, en }),
		detail: m.cities_event_letters({ letters }),
	}),
	'city.changed': ({ zh, en }) => ({ icon: MapPinPen, title: m.cities_event_changed({ zh, en }) }),
};

/** The register of cities, for administrators. */
export const cities: Feature = {
	name: 'cities',
	adminPanes: [{ id: 'cities', label: m.cities_tab, component: CitiesPane }],
	events,
};
