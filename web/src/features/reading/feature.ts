import type { Feature } from '#Feature.ts';
import { m } from '#paraglide/messages.js';
import { describeReadingEvents, summaryOfReadings } from './readingEvents.ts';
import ReadingLayer from './ReadingLayer.svelte';
import { READING_PANEL } from './readingPanel.ts';
import ReadingPanel from './ReadingPanel.svelte';
import ReadingTag from './ReadingTag.svelte';
import { setUpReading } from './setUpReading.svelte.ts';

export const reading: Feature = {
	name: 'reading',
	callPanels: [
		{
			id: READING_PANEL,
			rank: 7,
			label: m.reading_tab,
			shown: ({ stage }) => stage.exhibit?.subject.kind === 'still',
			component: ReadingPanel,
			scrolls: true,
		},
	],
	callParts: { setUp: setUpReading, layer: ReadingLayer, tag: ReadingTag },
	folded: { types: ['reading.decided'], summary: summaryOfReadings },
	events: describeReadingEvents,
};
