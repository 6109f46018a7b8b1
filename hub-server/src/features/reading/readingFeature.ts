import { z } from 'zod';
import { caseId } from '@counter-hub/shared/ids/ids.ts';
import { decideReadingBody, readingDecided, readingList } from '@counter-hub/shared/reading/bodies.ts';
import { stillId } from '@counter-hub/shared/stills/stills.ts';
import type { Feature } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { getReadableCase } from '../cases/getCase.ts';
import { presentEvents } from '../cases/presentEvents.ts';
import { timeline } from '../timeline/timeline.ts';
import { decideReading } from './decideReading.ts';
import { readReadings, readingProjection } from './readingProjection.ts';

const tag = 'Readings';

/** What the page read off stills 识读 (V13). Reading itself is done in the browser; only what people decide comes here. */
export const reading: Feature = {
	name: 'reading',
	register(hub) {
		const guard = signedIn(hub);
		timeline(hub).register(readingProjection);

		hub.api.route({
			method: 'post',
			path: '/cases/{caseId}/stills/{stillId}/reading',
			operationId: 'decideReading',
			summary: 'Puts on the timeline what a person made of what was read off a still',
			tag,
			guard,
			params: z.strictObject({ caseId, stillId }),
			body: decideReadingBody,
			response: readingDecided,
			status: 201,
			errors: [
				'notAllowed',
				'unknownCase',
				'unknownSession',
				'unknownStill',
				'personalNumber',
				'commandReused',
				'queueFull',
			],
			handler: async ({ actor, params, body }) => ({
				events: await presentEvents(hub, await decideReading(hub, actor, params, body)),
			}),
		});

		hub.api.route({
			method: 'get',
			path: '/cases/{caseId}/readings',
			operationId: 'listReadings',
			summary: 'The last decision on each still of the case that was read',
			tag,
			guard,
			params: z.strictObject({ caseId }),
			response: readingList,
			errors: ['notAllowed', 'unknownCase'],
			handler: async ({ actor, params }) => {
				await getReadableCase(hub, actor, params.caseId);
				return readReadings(hub, params.caseId);
			},
		});
	},
};
