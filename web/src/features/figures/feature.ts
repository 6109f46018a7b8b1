import type { Feature } from '#Feature.ts';
import { m } from '#paraglide/messages.js';

/** Daily figures of sessions, for supervisors. */
export const figures: Feature = {
	name: 'figures',
	pages: [{ href: '/figures', roles: ['supervisor'], label: m.figures_nav }],
	jobs: { figures: m.figures_title, reviewFigures: m.figures_job_reviews },
};
