import type { Feature } from '#Feature.ts';
import { m } from '#paraglide/messages.js';
import FitnessPane from './FitnessPane.svelte';
import OwnPanel from './OwnPanel.svelte';

/** Who may open a shift: training, exams and the undertaking together (S4.3). */
export const fitness: Feature = {
	name: 'fitness',
	// Between whether calls are noticed and who is there.
	deskPanels: [{ rank: 1.5, component: OwnPanel }],
	adminPanes: [{ id: 'fitness', label: m.fitness_tab, component: FitnessPane }],
};
