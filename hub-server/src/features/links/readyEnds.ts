import { trusted } from 'mongoose';
import type { HubContext } from '../../HubContext.ts';
import type { HubSocket } from '../../hubSockets.ts';
import { places } from '../counters/Places.ts';
import { linkEndModel, type LinkEndRecord } from './LinkEnd.model.ts';
import { READY_MS } from './linkTimes.ts';
import { linkNews } from './linkNews.ts';

/** The room of one page among those that may be measured, at the hub that has its socket. */
export const roomOfPage = (pageId: string): string => `link:${pageId}`;

/** Sockets of pages that have said it. */
const ready = new WeakSet<HubSocket>();

/** The page of this socket may be measured, for `READY_MS`. */
export async function makeReady(hub: HubContext, socket: HubSocket): Promise<void> {
	const { actor, pageId, displayName, windowId } = socket.data;
	if (actor.counterId === null) return;
	const counter = await places(hub).requireCounter(actor.counterId);
	if (!ready.has(socket)) linkNews(hub).tell();
	ready.add(socket);
	await socket.join(roomOfPage(pageId));
	await linkEndModel(hub.connection).updateOne(
		{ _id: pageId },
		{
			$set: {
				socketId: socket.id,
				staffId: actor.staffId,
				displayName,
				cityCode: counter.cityCode,
				counterId: counter.id,
				windowId,
				expiresAt: new Date(hub.now() + READY_MS),
			},
		},
		{ upsert: true },
	);
	if (!socket.connected) await takeBack(hub, socket);
}

/** It may no longer. Returns whether it could before. */
export async function takeBack(hub: HubContext, socket: HubSocket): Promise<boolean> {
	if (!ready.delete(socket)) return false;
	await linkEndModel(hub.connection).deleteOne({ _id: socket.data.pageId, socketId: socket.id });
	linkNews(hub).tell();
	return true;
}

export function readyEnds(hub: HubContext): Promise<LinkEndRecord[]> {
	return linkEndModel(hub.connection)
		.find({ expiresAt: trusted({ $gt: new Date(hub.now()) }) })
		.sort({ _id: 1 })
		.lean();
}
