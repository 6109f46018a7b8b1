import ClipboardCheck from '@lucide/svelte/icons/clipboard-check';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import type { checkEvents } from '@counter-hub/shared/checks/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import CheckChip from './CheckChip.svelte';
import MinimumPane from './minimum/MinimumPane.svelte';
import { setUpChecks } from './setUpChecks.svelte.ts';
import { itemFigures, itemName, verdictWord } from './words.ts';

const events: DescribeEvents<keyof typeof checkEvents> = {
	'check.item': ({ found, verdict }) => ({
		icon: ClipboardCheck,
		title: `${itemName(found.item)} · ${verdictWord(found.item, verdict)}`,
		detail: itemFigures(found),
		...(verdict !== 'pass' && { tone: 'warn' as const }),
	}),
	'city.checkMinimum': ({ camera, document }) => ({
		icon: SlidersHorizontal,
		title: m.checks_event_minimum(),
		detail: m.checks_event_minimumDetail({
			camera: `${camera.width}×${camera.height}`,
			fps: camera.framesPerSecond,
			document: `${document.width}×${document.height}`,
		}),
	}),
};

/** 开班检查: a window's devices, its way to the own media node, and its links with every other city. */
export const checks: Feature = {
	name: 'checks',
	pages: [{ href: '/check', roles: ['clerk', 'approver'], label: m.checks_nav }],
	signedIn: setUpChecks,
	barItem: CheckChip,
	adminPanes: [{ id: 'check-minimum', label: m.checks_minimum_tab, component: MinimumPane }],
	events,
};
