import Camera from '@lucide/svelte/icons/camera';
import CameraOff from '@lucide/svelte/icons/camera-off';
import type { stillEvents } from '@counter-hub/shared/stills/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import CaseStillsTab from './CaseStillsTab.svelte';
import { stillNames } from './stillNames.ts';
import { setUpStills } from './setUpStills.svelte.ts';
import { stillLabel } from './stillLabel.ts';
import StillStrip from './StillStrip.svelte';
import StillTag from './StillTag.svelte';

const events: DescribeEvents<keyof typeof stillEvents> = {
	'still.taken': (still) => ({
		icon: Camera,
		title: m.stills_event_taken({ label: stillLabel(still) }),
		detail: m.stills_event_taken_detail({
			size: `${still.width}×${still.height}`,
			hash: still.sha256.slice(0, 8),
		}),
	}),
	'still.struck': ({ reason }) => ({
		icon: CameraOff,
		title: m.stills_event_struck(),
		detail: reason,
		tone: 'warn',
	}),
};

export const stills: Feature = {
	name: 'stills',
	callParts: {
		setUp: setUpStills,
		tag: StillTag,
		strip: StillStrip,
	},
	caseTabs: [{ id: 'stills', rank: 2, label: m.stills_title, component: CaseStillsTab }],
	folded: {
		types: ['still.taken'],
		summary: (taken) => m.stills_summary({ n: taken.length }),
	},
	events,
	opened: { still: { label: m.stills_thing, names: stillNames } },
};
