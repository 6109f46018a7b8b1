import { z } from 'zod';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { defineSignal } from '../../platform/stream/Signals.ts';
import { signals } from '../../signals.ts';
import { closeRoom } from '../rooms/roomCommands.ts';
import { exchangeModel, type ExchangeRecord } from './Exchange.model.ts';
import { roomOfPage } from './readyEnds.ts';
import { linkNews } from './linkNews.ts';

const ended = defineSignal(
	'links.ended',
	z.strictObject({ exchangeId: z.string(), pageIds: z.array(z.string()) }),
);

/** Pages of every hub learn that an exchange is over. One that does not leaves its room when that is closed. */
export function followEndings(hub: HubContext): void {
	signals(hub).on(ended, ({ exchangeId, pageIds }) => {
		linkNews(hub).tell();
		hubSockets(hub).namespace.local.to(pageIds.map(roomOfPage)).emit('link:done', { exchangeId });
	});
}

/** Ends without a result: one of the two had something better to do, or is gone. It is due again. */
export const breakOff = (hub: HubContext, exchange: ExchangeRecord): Promise<void> =>
	end(hub, exchange, 'brokenOff');

/** Frees both pages, whichever way it went. A repeat changes nothing. */
export async function end(
	hub: HubContext,
	{ _id, ends, nodeId }: ExchangeRecord,
	state: 'done' | 'brokenOff',
): Promise<void> {
	const { modifiedCount } = await exchangeModel(hub.connection).updateOne(
		{ _id, state: 'running' },
		{ $set: { state } },
	);
	if (modifiedCount === 0) return;
	await closeRoom(hub, { roomId: _id, nodeId, rightsVersion: 1 }, state);
	await signals(hub).send(ended, { exchangeId: _id, pageIds: ends.map(({ pageId }) => pageId) });
}
