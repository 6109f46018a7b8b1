import type { Feature } from '#Feature.ts';
import { m } from '#paraglide/messages.js';

export const desk: Feature = {
	name: 'desk',
	pages: [
		{
			href: '/',
			roles: ['clerk', 'approver'],
			label: (role) => (role === 'approver' ? m.desk_nav_review() : m.desk_nav()),
		},
	],
};
