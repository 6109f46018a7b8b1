import type { EventEmitter } from 'node:events';
import type { MediaFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import type { Limits } from '../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { Peer } from './Peer.ts';
import type { PublishedStream } from './PublishedStream.ts';
import type { LeaveReason } from './Seat.ts';
import type { Subscription } from './Subscription.ts';

export type RoomCloseReason = Extract<MediaFact, { type: 'room-closed' }>['reason'];

/** What happens in a room. */
export interface RoomEvents {
	/** Something for the hub. */
	fact: [MediaFact];
	/** A page came or went, became ready, or its rights changed. */
	presence: [Peer];
	published: [PublishedStream, Peer];
	/** Who publishes, receives or wants what may have changed. */
	wishes: [];
	/** A stream has begun to flow to that viewer. */
	flows: [Subscription, Peer];
	left: [Peer, LeaveReason];
	closed: [RoomCloseReason];
}

/** What a part sees of its room. */
export interface WatchedRoom extends EventEmitter<RoomEvents> {
	readonly roomId: string;
	readonly peers: ReadonlyMap<string, Peer>;
	/** Says a fact to the hub. */
	report(fact: MediaFact): void;
}

/**
 * Something that belongs to one room only and that the room itself need not know: it listens to the room's events
 * and ends with the room's `closed`. Which there are stands in `parts/roomParts.ts`.
 */
export type RoomPart = (
	room: WatchedRoom,
	context: { readonly limits: Limits; readonly logger: Logger },
) => void;
