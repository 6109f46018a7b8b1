import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { pick } from '../../platform/socket/RequestRouter.ts';
import { presentEvents } from '../cases/presentEvents.ts';
import type { TimelineEvent } from '../timeline/types.ts';
import { callMaterial, countPapers, markMaterial } from './reviewCommands.ts';

/** What is said of materials in the middle of a call. */
export function reviewSockets(hub: HubContext): void {
	const shown = async (events: Promise<readonly TimelineEvent[]>) => ({
		events: await presentEvents(hub, await events),
	});
	hubSockets(hub).handle(pick(hubRequests, 'review:call', 'review:mark', 'review:count'), {
		'review:call': (order, { data }) => shown(callMaterial(hub, data, order)),
		'review:mark': (order, { data }) => shown(markMaterial(hub, data, order)),
		'review:count': (order, { data }) => shown(countPapers(hub, data, order)),
	});
}
