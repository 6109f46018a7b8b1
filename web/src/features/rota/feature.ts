import { onMount } from 'svelte';
import type { Feature } from '#Feature.ts';
import { m } from '#paraglide/messages.js';
import ContactButton from './ContactButton.svelte';
import DutyPanel from './DutyPanel.svelte';
import { RotaDesks, setRotaDesks } from './RotaDesks.svelte.ts';

/** Who is on posts A and B of each window, and who is on duty now. */
export const rota: Feature = {
	name: 'rota',
	signedIn(app) {
		const desks = setRotaDesks(new RotaDesks(app));
		onMount(() => desks.hold());
	},
	pages: [
		{
			href: '/rota',
			roles: ['clerk', 'approver', 'supervisor', 'administrator'],
			label: (role) => (role === 'clerk' || role === 'approver' ? m.rota_title_duty() : m.rota_title()),
		},
	],
	deskPanels: [{ rank: 2.5, component: DutyPanel }],
	linkAction: ContactButton,
};
