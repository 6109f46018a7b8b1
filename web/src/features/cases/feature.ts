import Eye from '@lucide/svelte/icons/eye';
import Plus from '@lucide/svelte/icons/plus';
import type { caseEvents } from '@counter-hub/shared/cases/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { cityName } from '#platform/format.ts';
import { m } from '#paraglide/messages.js';

const events: DescribeEvents<keyof typeof caseEvents> = {
	'case.opened': (data) => ({
		icon: Plus,
		title: m.event_case_opened(),
		detail: m.event_case_opened_detail({
			origin: cityName(data.originCity),
			permit: cityName(data.permitCity),
		}),
	}),
	'person.unmasked': (data) => ({
		icon: Eye,
		title: m.event_person_unmasked(),
		detail: m.event_person_unmasked_detail({ reason: data.reason }),
	}),
};

export const cases: Feature = {
	name: 'cases',
	pages: [
		{ href: '/cases', roles: ['clerk', 'approver'], label: m.cases_nav },
		{ href: '/supervision', roles: ['supervisor'], label: m.cases_nav_supervision, covers: '/cases' },
	],
	events,
};
