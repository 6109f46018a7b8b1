import { z } from 'zod';
import { itemNo } from '../catalogue/catalogue.ts';
import { commandId, sessionId } from '../ids/ids.ts';
import { request } from '../realtime/ack.ts';
import { eventView } from '../timeline/eventView.ts';
import { guideSectionId, guideVersion } from './guides.ts';

export const guideRequests = {
	/** Puts a section of a guide of the deciding city before the other side of a call that goes on. */
	'guide:show': request(
		z.strictObject({ commandId, sessionId, itemNo, version: guideVersion, section: guideSectionId }),
		z.object({ events: z.array(eventView) }),
	),
} as const;
