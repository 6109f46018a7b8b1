import Eraser from '@lucide/svelte/icons/eraser';
import type { annotationEvents } from '@counter-hub/shared/annotations/events.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import MarkLayer from './MarkLayer.svelte';
import MarkList from './MarkList.svelte';
import MarkRail from './MarkRail.svelte';
import { setUpMarking } from './setUpMarking.svelte.ts';
import { drawnWord, TOOLS } from './toolWords.ts';
import UnsavedTag from './UnsavedTag.svelte';

const events: DescribeEvents<keyof typeof annotationEvents> = {
	'mark.drawn': ({ on, drawing }) => ({
		icon: TOOLS[drawing.tool].icon,
		title: m.annotations_event_drawn({
			what: drawnWord(drawing.tool),
			where: on.kind === 'still' ? m.annotations_on_a_still() : m.annotations_on_live(),
		}),
		...('text' in drawing && drawing.text !== '' && { detail: drawing.text }),
	}),
	'mark.erased': () => ({ icon: Eraser, title: m.annotations_event_erased() }),
};

export const annotations: Feature = {
	name: 'annotations',
	callParts: { setUp: setUpMarking, rail: MarkRail, layer: MarkLayer, tag: UnsavedTag },
	callPanels: [{ id: 'marks', rank: 5, label: m.annotations_tab, component: MarkList }],
	folded: {
		types: ['mark.drawn', 'mark.erased'],
		summary: (all) => {
			const drawn = all.filter(({ type }) => type === 'mark.drawn').length;
			return m.annotations_summary({ n: drawn });
		},
	},
	events,
};
