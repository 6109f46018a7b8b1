import { z } from 'zod';
import { guide, guideQuery } from '@counter-hub/shared/guides/guides.ts';
import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import type { Feature } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { pick } from '../../platform/socket/RequestRouter.ts';
import { signedIn } from '../auth/guards.ts';
import { presentEvents } from '../cases/presentEvents.ts';
import { guideOf } from './guideOf.ts';
import { showGuide } from './showGuide.ts';

/** Guides 办事指南 of items, per city and edition (S4.4a), and putting them before the other side of a call (V9). */
export const guides: Feature = {
	name: 'guides',
	register(hub) {
		hub.api.route({
			method: 'get',
			path: '/items/{itemNo}/guide',
			operationId: 'readGuide',
			summary: 'The guide of an item as a city applies it, in force now or of an earlier edition',
			tag: 'Guides',
			guard: signedIn(hub),
			params: z.strictObject({ itemNo: z.coerce.number().int().min(1).max(999) }),
			query: guideQuery,
			response: guide,
			errors: ['unknownItem', 'unknownGuide', 'unknownCity'],
			handler: ({ params, query }) => guideOf(hub, params.itemNo, query),
		});

		hubSockets(hub).handle(pick(hubRequests, 'guide:show'), {
			'guide:show': async (asked, { data }) => ({
				events: await presentEvents(hub, await showGuide(hub, data, asked)),
			}),
		});
	},
};
