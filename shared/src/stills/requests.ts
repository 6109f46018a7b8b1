import { z } from 'zod';
import { sha256 } from '../blobs/blobs.ts';
import { caseId, commandId, sessionId, staffId } from '../ids/ids.ts';
import { request } from '../realtime/ack.ts';
import { eventView } from '../timeline/eventView.ts';
import { stillContent, stillId, stillMaterialNo } from './stills.ts';

export const stillRequests = {
	/** Asks the page of the other side for a still; it may be asked again with the same id until it is there (V5). */
	'still:ask': request(z.strictObject({ sessionId, stillId, materialNo: stillMaterialNo }), z.object({})),
	/** Makes bytes that were uploaded before a still of the case. `commandId` is the still's id. */
	'still:store': request(
		z.strictObject({
			commandId,
			caseId,
			sessionId,
			materialNo: stillMaterialNo,
			sha256,
			thumbnailSha256: sha256.nullable(),
			width: stillContent.shape.width,
			height: stillContent.shape.height,
			askedBy: staffId,
		}),
		z.object({ events: z.array(eventView) }),
	),
} as const;
