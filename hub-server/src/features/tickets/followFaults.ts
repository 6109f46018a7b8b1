import { checkEvents } from '@counter-hub/shared/checks/events.ts';
import { linkEvents } from '@counter-hub/shared/links/events.ts';
import { outcomesOfCheck, outcomesOfLink } from '@counter-hub/shared/tickets/faults.ts';
import type { HubContext } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { noteOutcome } from './noteOutcome.ts';

/** The jobs: what checks and links have on record becomes tickets, once, whichever hub wrote it. */
export function followFaults(hub: HubContext): void {
	timeline(hub).job({
		name: 'ticketsOfChecks',
		kind: 'check',
		types: ['check.item'],
		handle: async ({ data, at, hash }) => {
			const item = checkEvents['check.item'].parse(data);
			for (const outcome of outcomesOfCheck(item, at.toISOString())) await noteOutcome(hub, outcome, hash);
		},
	});
	timeline(hub).job({
		name: 'ticketsOfLinks',
		kind: 'link',
		types: ['link.measured'],
		handle: async ({ data, at, hash }) => {
			const measured = linkEvents['link.measured'].parse(data);
			for (const outcome of outcomesOfLink(measured, at.toISOString())) await noteOutcome(hub, outcome, hash);
		},
	});
}
