import type { RoomPart } from '../RoomPart.ts';

/** Tells the hub of a participant once when he is really there (a member whose page is ready), and once when he has gone. */
export const attendance: RoomPart = (room) => {
	room.on('presence', (peer) => {
		if (!peer.arrive()) return;
		const { participantId, line } = peer;
		room.report({ type: 'participant-joined', participantId, pageId: line.pageId });
	});
	room.on('left', (peer, reason) => {
		if (!peer.attends) return;
		const { participantId, line } = peer;
		room.report({ type: 'participant-left', participantId, pageId: line.pageId, reason });
	});
};
