import type { Peer } from '../Peer.ts';
import type { PublishedStream } from '../PublishedStream.ts';
import type { RoomPart } from '../RoomPart.ts';

/**
 * A stream of a page at another node comes over only while it flows to somebody who is not at that node: it crosses the
 * line between two cities once, or not at all.
 */
export const carriage: RoomPart = (room) => {
	const isWatched = (stream: PublishedStream, owner: Peer): boolean =>
		[...room.peers.values()].some((viewer) => {
			const tap = viewer === owner ? undefined : viewer.subscriptionTo(stream)?.consumer;
			return tap !== undefined && !tap.paused && !viewer.isBeside(stream.origin);
		});

	function look(): void {
		for (const owner of room.peers.values())
			for (const stream of owner.streams.values())
				stream.origin.carry(stream.streamId, isWatched(stream, owner));
	}
	room.on('flows', look);
	room.on('wishes', look);
	room.on('presence', look);
	room.on('left', look);
};
