import { z } from 'zod';
import { marksAnswer } from '@counter-hub/shared/annotations/marks.ts';
import { caseId } from '@counter-hub/shared/ids/ids.ts';
import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import type { Feature } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { pick } from '../../platform/socket/RequestRouter.ts';
import { signedIn } from '../auth/guards.ts';
import { getReadableCase } from '../cases/getCase.ts';
import { timeline } from '../timeline/timeline.ts';
import { drawMark, eraseMark } from './markCommands.ts';
import { marksProjection } from './marksProjection.ts';
import { readMarks } from './readMarks.ts';

/** Marks 标注 on live papers and on stills (V6): events of the case's timeline, folded. */
export const annotations: Feature = {
	name: 'annotations',
	register(hub) {
		timeline(hub).register(marksProjection);

		hub.api.route({
			method: 'get',
			path: '/cases/{caseId}/marks',
			operationId: 'readMarks',
			summary: 'All marks on papers of the case, and up to which event of its timeline',
			tag: 'Annotations',
			guard: signedIn(hub),
			params: z.strictObject({ caseId }),
			response: marksAnswer,
			errors: ['notAllowed', 'unknownCase'],
			handler: async ({ actor, params }) => {
				await getReadableCase(hub, actor, params.caseId);
				return readMarks(hub, params.caseId);
			},
		});

		hubSockets(hub).handle(pick(hubRequests, 'mark:draw', 'mark:erase'), {
			'mark:draw': async (asked, { data }) => {
				await drawMark(hub, data, asked);
				return { markId: asked.commandId };
			},
			'mark:erase': async (asked, { data }) => {
				await eraseMark(hub, data, asked);
				return { markId: asked.markId };
			},
		});
	},
};
