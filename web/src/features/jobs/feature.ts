import type { Feature } from '#Feature.ts';
import { m } from '#paraglide/messages.js';

/** Jobs of all hubs and what they have put aside, for administrators. */
export const jobs: Feature = {
	name: 'jobs',
	pages: [{ href: '/jobs', roles: ['administrator'], label: m.jobs_nav }],
};
