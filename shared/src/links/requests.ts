import { z } from 'zod';
import { knownCity } from '../cities/cities.ts';
import { commandId, sessionId, uuid } from '../ids/ids.ts';
import { request } from '../realtime/ack.ts';
import { exchangeTask } from './exchanges.ts';
import { measuredInCall, measuredLink } from './measured.ts';

const nothing = z.object({});

export const linkRequests = {
	/**
	 * This page's window is checked (`windowUnchecked` where the hub does not have it so) and free: it may be measured with
	 * other cities from now on. Renewed like presence;
	 * the answer holds the exchanges that this page is in now, should the news of one have been lost.
	 */
	'link:ready': request(z.strictObject({}), z.object({ exchanges: z.array(exchangeTask) })),
	/** It is not any more: a call, another page. Exchanges that it is in are broken off without a result. */
	'link:busy': request(z.strictObject({}), nothing),
	/** What this end received. The first report counts. */
	'link:report': request(z.strictObject({ exchangeId: uuid, measured: measuredLink }), nothing),
	/** What this end received of the other in a call of the day. The first in each `CALL_REPORT_MS` of a call counts. */
	'link:heard': request(z.strictObject({ sessionId, measured: measuredInCall }), nothing),
	/** Measures the links of the own city with another one anew, as soon as both ends are there. */
	'link:again': request(z.strictObject({ commandId, cityCode: knownCity }), nothing),
	/** Tells this page of changes of the matrix until it leaves. */
	'links:watch': request(z.strictObject({}), nothing),
	'links:leave': request(z.strictObject({}), nothing),
} as const;
