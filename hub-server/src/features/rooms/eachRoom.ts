import type { HubContext } from '../../HubContext.ts';
import type { KnownRoom } from './RoomKind.ts';

/** One room after the other; one that cannot be dealt with now does not keep the others waiting. */
export async function eachRoom(
	hub: HubContext,
	rooms: readonly KnownRoom[],
	work: (room: KnownRoom) => Promise<void>,
): Promise<void> {
	for (const room of rooms) {
		try {
			await work(room);
		} catch (error) {
			hub.logger.warn({ err: error, roomId: room.roomId }, 'a room could not be compared with its record');
		}
	}
}
