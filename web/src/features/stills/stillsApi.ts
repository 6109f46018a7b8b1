import { stillList, type Still } from '@counter-hub/shared/stills/stills.ts';
import { eventView } from '@counter-hub/shared/timeline/eventView.ts';
import { z } from 'zod';
import type { Api } from '#platform/Api.ts';
import { readBlob } from '#platform/blobs/readBlob.ts';

const written = z.object({ events: z.array(eventView) });
const thing = (caseId: string, { stillId }: Still) => `still:${caseId}_${stillId}`;

export const stillsApi = {
	list: (api: Api, caseId: string) => api.get(`/cases/${caseId}/stills`, stillList),
	strike: (api: Api, caseId: string, stillId: string, body: { commandId: string; reason: string }) =>
		api.command({ method: 'POST', path: `/cases/${caseId}/stills/${stillId}/strike`, body, answer: written }),
	/** The picture as it was taken; that it was opened goes on record. */
	picture: (api: Api, caseId: string, still: Still) => readBlob(api, still.sha256, thing(caseId, still)),
	/** Null where there is none. */
	thumbnail: (api: Api, caseId: string, still: Still) =>
		still.thumbnailSha256 === null
			? Promise.resolve(null)
			: readBlob(api, still.thumbnailSha256, thing(caseId, still)),
};
