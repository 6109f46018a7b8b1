import type { LocalMedia } from './LocalMedia.ts';
import type { MediaSocketHandlers } from './MediaSocket.ts';
import type { RoomLink } from './RoomLink.ts';

type StreamNotices = Pick<
	MediaSocketHandlers,
	| 'consumer:closed'
	| 'consumer:paused'
	| 'consumer:resumed'
	| 'consumer:stalled'
	| 'stream:wanted'
	| 'stream:closed'
>;

/** What the node says of single streams: those that are received, and those of this page. */
export function streamNotices(link: () => RoomLink | null, local: LocalMedia): StreamNotices {
	return {
		'consumer:closed': ({ consumerId }) => link()?.drop(consumerId),
		'consumer:paused': ({ consumerId }) => link()?.setPaused(consumerId, true),
		'consumer:resumed': ({ consumerId }) => link()?.setPaused(consumerId, false),
		'consumer:stalled': ({ consumerId, stalled }) => link()?.setStalled(consumerId, stalled),
		'stream:wanted': ({ streamId, wanted }) => void local.setWanted(streamId, wanted),
		'stream:closed': ({ streamId }) => local.closed(streamId),
	};
}
