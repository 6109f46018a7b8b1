import type { LocalMedia } from './LocalMedia.ts';
import type { RoomNotices } from './MediaSocket.ts';
import type { RoomLink } from './RoomLink.ts';

type StreamNotices = Pick<
	RoomNotices,
	| 'consumer:closed'
	| 'consumer:paused'
	| 'consumer:resumed'
	| 'consumer:stalled'
	| 'consumer:strained'
	| 'stream:wanted'
	| 'stream:budget'
	| 'stream:recode'
	| 'stream:refresh'
	| 'stream:closed'
>;

/** What the node says of single streams: those that are received, and those of this page. */
export function streamNotices(link: () => RoomLink | null, local: LocalMedia): StreamNotices {
	return {
		'consumer:closed': ({ consumerId }) => link()?.drop(consumerId),
		'consumer:paused': ({ consumerId }) => link()?.change(consumerId, { paused: true }),
		'consumer:resumed': ({ consumerId }) => link()?.change(consumerId, { paused: false }),
		'consumer:stalled': ({ consumerId, stalled }) => link()?.change(consumerId, { stalled }),
		'consumer:strained': ({ consumerId, strained }) => link()?.change(consumerId, { strained }),
		'stream:wanted': ({ streamId, wanted }) => void local.change(streamId, { wanted }),
		'stream:budget': ({ streamId, bitrate }) => void local.change(streamId, { budget: bitrate }),
		'stream:recode': ({ streamId, codecs }) => void local.recode(streamId, codecs),
		'stream:refresh': ({ streamId }) => void local.refresh(streamId),
		'stream:closed': ({ streamId }) => local.closed(streamId),
	};
}
