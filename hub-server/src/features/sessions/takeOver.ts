import { z } from 'zod';
import { pageId, sessionId, staffId } from '@counter-hub/shared/ids/ids.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets, roomOf } from '../../hubSockets.ts';
import { defineSignal } from '../../platform/stream/Signals.ts';
import { signals } from '../../signals.ts';

const takenOver = defineSignal('session.takenOver', z.strictObject({ staffId, sessionId, pageId }));

/** S-9: tells the other pages of a person, whichever hub they are at, that `pageId` holds the call now. */
export function tellTakeOver(hub: HubContext, news: z.infer<(typeof takenOver)['payload']>): void {
	signals(hub)
		.send(takenOver, news)
		.catch((error: unknown) => {
			hub.logger.warn({ err: error, sessionId: news.sessionId }, 'a page was not told that its call moved');
		});
}

export function followTakeOvers(hub: HubContext): void {
	signals(hub).on(takenOver, ({ staffId: id, sessionId: session, pageId: page }) => {
		hubSockets(hub)
			.namespace.local.to(roomOf.staff(id))
			.emit('session:takenOver', { sessionId: session, pageId: page });
	});
}
