import type { Feature } from '#Feature.ts';
import PaperLayer from './PaperLayer.svelte';
import PaperTag from './PaperTag.svelte';
import { setUpPapers } from './setUpPapers.svelte.ts';

export const papers: Feature = {
	name: 'papers',
	callParts: { setUp: setUpPapers, layer: PaperLayer, tag: PaperTag },
};
