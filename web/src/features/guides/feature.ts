import BookOpen from '@lucide/svelte/icons/book-open';
import type { guideEvents } from '@counter-hub/shared/guides/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import GuideHint from './GuideHint.svelte';
import GuidePanel from './GuidePanel.svelte';
import GuideTab from './GuideTab.svelte';
import { callGuideOf, setUpGuide } from './setUpGuide.svelte.ts';

const events: DescribeEvents<keyof typeof guideEvents> = {
	'guide.shown': ({ title, itemNo, version }) => ({
		icon: BookOpen,
		title: m.guides_event({ title }),
		detail: m.guides_event_detail({ itemNo, version }),
	}),
};

export const guides: Feature = {
	name: 'guides',
	callPanels: [
		{
			id: 'guide',
			rank: 4,
			label: m.guides_tab,
			fresh: (scene) => callGuideOf(scene).news.fresh,
			component: GuidePanel,
			scrolls: true,
		},
	],
	callParts: { setUp: setUpGuide, tag: GuideHint },
	caseTabs: [{ id: 'guide', rank: 8, label: m.guides_tab, component: GuideTab }],
	folded: { types: ['guide.shown'], summary: (shown) => m.guides_count({ n: shown.length }) },
	events,
};
