import type { Feature } from '#Feature.ts';
import { m } from '#paraglide/messages.js';

export const people: Feature = {
	name: 'people',
	pages: [{ href: '/admin', roles: ['administrator'], label: m.people_nav }],
};
