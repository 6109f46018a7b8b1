import type { RtpCapabilities } from '@counter-hub/shared/media/rtp.ts';
import type { Peer } from '../Peer.ts';
import type { PublishedStream } from '../PublishedStream.ts';
import { isSeenWatching, mayPerceive } from '../rights.ts';
import type { RoomPart } from '../RoomPart.ts';

/**
 * Papers come in a codec that older browsers cannot read. Where one of those watches, their publisher is told which
 * codecs everybody there can read, once, and sends them anew. Hidden viewers do not count: nobody is told of them.
 */
export const commonCodec: RoomPart = (room) => {
	const told = new WeakMap<PublishedStream, string>();

	function look(): void {
		const peers = [...room.peers.values()];
		for (const owner of peers) {
			for (const stream of owner.streams.values()) {
				const viewers = peers.filter((viewer) => watches(viewer, owner, stream));
				const readable = viewers.map(({ line }) => videoCodecs(line.capabilities));
				if (readable.every((codecs) => codecs.has(stream.codec))) continue;
				const [first = new Set<string>(), ...others] = readable;
				const codecs = [...first].filter((codec) => others.every((one) => one.has(codec)));
				const said = codecs.join();
				if (told.get(stream) === said) continue;
				told.set(stream, said);
				owner.notify('stream:recode', { streamId: stream.streamId, codecs });
			}
		}
	}

	room.on('published', look);
	room.on('presence', look);
};

function watches(viewer: Peer, owner: Peer, { producer, source }: PublishedStream): boolean {
	return (
		producer.kind === 'video' &&
		viewer.ready &&
		isSeenWatching(viewer.grant) &&
		mayPerceive(viewer.grant, owner.grant, source)
	);
}

/** In small letters. */
function videoCodecs(capabilities: RtpCapabilities | null): Set<string> {
	const types = capabilities?.codecs?.map(({ mimeType }) => mimeType.toLowerCase()) ?? [];
	return new Set(types.filter((type) => type.startsWith('video/') && type !== 'video/rtx'));
}
