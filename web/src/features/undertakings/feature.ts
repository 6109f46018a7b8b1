import FileText from '@lucide/svelte/icons/file-text';
import Signature from '@lucide/svelte/icons/signature';
import type { undertakingEvents } from '@counter-hub/shared/undertakings/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';

const events: DescribeEvents<keyof typeof undertakingEvents> = {
	'undertaking.published': ({ version, title }) => ({
		icon: FileText,
		title: m.undertakings_event_published({ n: version }),
		detail: title,
	}),
	'undertaking.signed': ({ version }) => ({
		icon: Signature,
		title: m.undertakings_event_signed({ n: version }),
	}),
};

/** The undertaking: shown where the fitness of people is, and in its own words on timelines. */
export const undertakings: Feature = { name: 'undertakings', events };
