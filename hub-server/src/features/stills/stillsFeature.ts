import { z } from 'zod';
import { caseId } from '@counter-hub/shared/ids/ids.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import { stillId, stillList, strikeBody } from '@counter-hub/shared/stills/stills.ts';
import { eventView } from '@counter-hub/shared/timeline/eventView.ts';
import type { Feature } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { pick } from '../../platform/socket/RequestRouter.ts';
import { noteOpening } from '../audit/noteOpening.ts';
import { signedIn } from '../auth/guards.ts';
import { blobs } from '../blobs/blobs.ts';
import { getCase, getReadableCase } from '../cases/getCase.ts';
import { presentEvents } from '../cases/presentEvents.ts';
import { timeline } from '../timeline/timeline.ts';
import { askForStill, followAskedStills } from './askForStill.ts';
import { storeStill, strikeStill } from './stillCommands.ts';
import { getStills, readStills, stillsProjection } from './stillsProjection.ts';

const tag = 'Stills';
const path = '/cases/{caseId}/stills';

/** Hi-res stills 照片 of papers (V5): asked for in a call, stored once by their SHA-256, never deleted. */
export const stills: Feature = {
	name: 'stills',
	register(hub) {
		const guard = signedIn(hub);
		timeline(hub).register(stillsProjection);
		followAskedStills(hub);
		// A still is named within its case: `still:<caseId>_<stillId>`.
		blobs(hub).own('still', {
			mayRead: async ({ actor }, name, sha256) => {
				const { case: id, still } = placeOf(name);
				const found = await getCase(hub, id);
				const own = (await getStills(hub, id)).find((one) => one.stillId === still);
				return may.readCase(actor, found) && (own?.sha256 === sha256 || own?.thumbnailSha256 === sha256);
			},
			// The small picture cannot be read (`assertThumbnail`); the still can.
			onGrant: async (principal, name, sha256) => {
				const { case: id, still } = placeOf(name);
				const own = (await getStills(hub, id)).find((one) => one.stillId === still);
				if (own?.sha256 === sha256) await noteOpening(hub, principal, id, `still:${still}`);
			},
		});

		hubSockets(hub).handle(pick(hubRequests, 'still:ask', 'still:store'), {
			'still:ask': async (wanted, { data }) => {
				await askForStill(hub, data, wanted);
				return {};
			},
			'still:store': async (asked, { data }) => ({
				events: await presentEvents(hub, await storeStill(hub, data, asked)),
			}),
		});

		hub.api.route({
			method: 'get',
			path,
			operationId: 'listStills',
			summary: 'All stills of the case, in the order in which they were taken',
			tag,
			guard,
			params: z.strictObject({ caseId }),
			response: stillList,
			errors: ['notAllowed', 'unknownCase'],
			handler: async ({ actor, params }) => {
				await getReadableCase(hub, actor, params.caseId);
				const { state, seq } = await readStills(hub, params.caseId);
				return { state: [...state], seq };
			},
		});

		hub.api.route({
			method: 'post',
			path: `${path}/{stillId}/strike`,
			operationId: 'strikeStill',
			summary: 'Marks a still as void, with a reason; nothing is deleted',
			tag,
			guard,
			params: z.strictObject({ caseId, stillId }),
			body: strikeBody,
			response: z.object({ events: z.array(eventView) }),
			errors: [
				'notAllowed',
				'unknownCase',
				'unknownStill',
				'alreadyStruck',
				'personalNumber',
				'commandReused',
				'queueFull',
			],
			handler: async ({ actor, params, body }) => ({
				events: await presentEvents(hub, await strikeStill(hub, actor, params, body)),
			}),
		});
	},
};

function placeOf(name: string): { case: string; still: string } {
	const [id = '', still = ''] = name.split('_');
	return { case: id, still };
}
