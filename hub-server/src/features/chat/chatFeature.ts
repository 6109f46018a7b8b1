import { z } from 'zod';
import { chatPage, chatQuery } from '@counter-hub/shared/chat/chat.ts';
import { caseId } from '@counter-hub/shared/ids/ids.ts';
import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import type { Feature } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { pick } from '../../platform/socket/RequestRouter.ts';
import { signedIn } from '../auth/guards.ts';
import { getReadableCase } from '../cases/getCase.ts';
import { presentEvents } from '../cases/presentEvents.ts';
import { timeline } from '../timeline/timeline.ts';
import { sayInCall } from './sayInCall.ts';

/** Chat 聊天 in calls: events of the case's timeline, which bring it to the other side too, whichever hub that is at. */
export const chat: Feature = {
	name: 'chat',
	register(hub) {
		hubSockets(hub).handle(pick(hubRequests, 'chat:say'), {
			'chat:say': async (asked, { data }) => ({
				events: await presentEvents(hub, await sayInCall(hub, data, asked)),
			}),
		});

		hub.api.route({
			method: 'get',
			path: '/cases/{caseId}/chat',
			operationId: 'listChat',
			summary: 'What was said in the calls of the case, the newest or what was before a sequence number',
			tag: 'Chat',
			guard: signedIn(hub),
			params: z.strictObject({ caseId }),
			query: chatQuery,
			response: chatPage,
			errors: ['notAllowed', 'unknownCase'],
			handler: async ({ actor, params: { caseId: id }, query }) => {
				const { subject } = await getReadableCase(hub, actor, id);
				const { events, more } = await timeline(hub).page(subject, { ...query, type: 'chat.said' });
				return { said: await presentEvents(hub, events), more };
			},
		});
	},
};
