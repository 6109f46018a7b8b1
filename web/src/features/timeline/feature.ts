import type { Feature } from '#Feature.ts';
import { m } from '#paraglide/messages.js';
import TimelinePanel from './TimelinePanel.svelte';

export const timeline: Feature = {
	name: 'timeline',
	callPanels: [{ id: 'timeline', rank: 8, label: m.timeline_title, component: TimelinePanel, scrolls: true }],
};
