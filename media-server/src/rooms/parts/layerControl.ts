import type { Peer } from '../Peer.ts';
import type { PublishedStream } from '../PublishedStream.ts';
import { isSeenWatching, mayPerceive } from '../rights.ts';
import type { RoomPart } from '../RoomPart.ts';

/**
 * The highest layer of a stream that anybody wants; −1 when nobody does. Whoever has come but has not said yet how much
 * of it he shows counts for the lowest, so that it flows when he is ready. Hidden viewers do not count: they see what
 * flows for the others.
 */
function wantedLayer(stream: PublishedStream, owner: Peer, peers: Iterable<Peer>): number {
	let highest = -1;
	for (const viewer of peers) {
		if (!isSeenWatching(viewer.grant) || !mayPerceive(viewer.grant, owner.grant, stream.source)) continue;
		const coming = viewer.attached ? 0 : -1;
		highest = Math.max(highest, viewer.subscriptionTo(stream)?.wantedLayer(viewer.grant.stage) ?? coming);
	}
	return highest;
}

/**
 * Tells publishers what to send: more at once, less only after it has been unwanted for a while, so that a layer
 * does not stop and start with every glance. The lowest goes on for longer: whoever reloads his page finds it flowing.
 */
export const layerControl: RoomPart = (room, { limits }) => {
	const timers = new Map<PublishedStream, NodeJS.Timeout>();

	function updateOne(stream: PublishedStream, owner: Peer): void {
		const wanted = wantedLayer(stream, owner, room.peers.values());
		if (wanted >= stream.wanted) {
			clearTimeout(timers.get(stream));
			timers.delete(stream);
			if (wanted > stream.wanted) tell(stream, owner, wanted);
		} else if (!timers.has(stream)) {
			const linger = stream.wanted > 0 ? limits.layerLingerMs : limits.unwatchedLingerMs;
			const timer = setTimeout(() => {
				timers.delete(stream);
				if (!stream.producer.closed && !owner.closed) lower(stream, owner);
			}, linger);
			timer.unref();
			timers.set(stream, timer);
		}
	}

	function lower(stream: PublishedStream, owner: Peer): void {
		const wanted = wantedLayer(stream, owner, room.peers.values());
		const least = stream.wanted > 0 ? Math.max(wanted, 0) : wanted;
		if (least < stream.wanted) tell(stream, owner, least);
		updateOne(stream, owner);
	}

	function update(): void {
		for (const owner of room.peers.values()) {
			for (const stream of owner.streams.values()) {
				if (stream.producer.kind === 'video') updateOne(stream, owner);
			}
		}
	}

	room.on('wishes', update);
	room.on('presence', update);
	room.on('published', update);
	room.on('left', update);
	room.on('closed', () => {
		for (const timer of timers.values()) clearTimeout(timer);
	});
};

function tell(stream: PublishedStream, owner: Peer, wanted: number): void {
	stream.wanted = wanted;
	owner.notify('stream:wanted', { streamId: stream.streamId, wanted });
}
