import type { Feature } from '#Feature.ts';
import { m } from '#paraglide/messages.js';
import CheckEntry from './CheckEntry.svelte';
import LinkTickets from './LinkTickets.svelte';
import OpenTickets from './OpenTickets.svelte';
import { describeTicketEvents } from './ticketEvents.ts';

/** 报修工单: what checks and measurements find, and what people report, until it is solved (S5.2b, L5). */
export const tickets: Feature = {
	name: 'tickets',
	// Those at a window come by their desk and by their check; their bar is full.
	pages: [{ href: '/tickets', roles: ['supervisor', 'administrator'], label: m.tickets_title }],
	deskPanels: [{ rank: 4, component: OpenTickets }],
	checkAction: CheckEntry,
	linkFact: LinkTickets,
	jobs: { ticketsOfChecks: m.tickets_job_checks, ticketsOfLinks: m.tickets_job_links },
	events: describeTicketEvents,
};
