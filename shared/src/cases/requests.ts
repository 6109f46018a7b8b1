import { z } from 'zod';
import { caseId } from '../ids/ids.ts';
import { request } from '../realtime/ack.ts';
import { eventView } from '../timeline/eventView.ts';

export const caseRequests = {
	/**
	 * Starts or renews the live view of a case. `head` is the last sequence number the page holds;
	 * the answer holds what came since (at most one page; `more` says to ask again).
	 */
	'case:watch': request(
		z.strictObject({ caseId, head: z.int().min(0) }),
		z.object({ events: z.array(eventView), head: z.int(), more: z.boolean() }),
	),
	'case:unwatch': request(z.strictObject({ caseId }), z.object({})),
} as const;
