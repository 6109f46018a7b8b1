import Ban from '@lucide/svelte/icons/ban';
import GraduationCap from '@lucide/svelte/icons/graduation-cap';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import type { qualificationEvents } from '@counter-hub/shared/qualifications/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import { kindName } from './kindName.ts';

const events: DescribeEvents<keyof typeof qualificationEvents> = {
	'qualification.recorded': ({ kind, title, passedOn, result }) => ({
		icon: GraduationCap,
		title: m.qualifications_event_recorded({ kind: kindName(kind), title }),
		detail: `${passedOn} · ${result}`,
	}),
	'qualification.struck': ({ reason }) => ({
		icon: Ban,
		title: m.qualifications_event_struck(),
		detail: reason,
	}),
	'city.qualificationRules': ({ required }) => ({
		icon: SlidersHorizontal,
		title: m.qualifications_event_rules(),
		detail: required.map(kindName).join(m.common_listComma()),
	}),
};

/** Training and exams of people: shown where their fitness is, and in their own words on timelines. */
export const qualifications: Feature = { name: 'qualifications', events };
