import { checkEvents } from '@counter-hub/shared/checks/events.ts';
import { linkEvents } from '@counter-hub/shared/links/events.ts';
import { outcomesOfCall, outcomesOfCheck, outcomesOfLink } from '@counter-hub/shared/tickets/faults.ts';
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
		types: ['link.measured', 'link.heard'],
		handle: async ({ type, data, at, hash }) => {
			const time = at.toISOString();
			const outcomes =
				type === 'link.heard'
					? outcomesOfCall(linkEvents[type].parse(data), time)
					: outcomesOfLink(linkEvents['link.measured'].parse(data), time);
			for (const outcome of outcomes) await noteOutcome(hub, outcome, hash);
		},
	});
}
