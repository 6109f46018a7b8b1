import type { mediaNotices } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { RtpCapabilities } from '@counter-hub/shared/media/rtp.ts';
import type { z } from 'zod';
import type { MediaWorker } from '../workers/MediaWorker.ts';
import type { PeerTransports } from '../rooms/PeerTransports.ts';
import type { Seat } from '../rooms/Seat.ts';

type Notices = typeof mediaNotices;
export type NoticeName = keyof Notices;
export type Notice<K extends NoticeName> = z.input<Notices[K]>;

/** Where notices to a page go. */
interface PageSocket {
	notify<K extends NoticeName>(event: K, payload: Notice<K>): void;
	/** Dropped when the socket cannot take it now. */
	notifyVolatile<K extends NoticeName>(event: K, payload: Notice<K>): void;
	/** False when the page has not acknowledged it in time, or is not there. */
	deliver<K extends NoticeName>(event: K, payload: Notice<K>, withinMs: number): Promise<boolean>;
}

/** The socket of a page that has one. */
export interface AttachedSocket extends PageSocket {
	/** The page comes back by itself and learns how things stand. */
	drop(): void;
}

/** What a peer needs of the line that its page has to this node. */
export interface PageLine extends PageSocket {
	readonly pageId: string;
	/** Its page has a socket now. */
	readonly attached: boolean;
	/** What the page can receive, once it has said so. */
	readonly capabilities: RtpCapabilities | null;
	/** The page's transports on that worker: made at the first time, the same for every room there. */
	transportsOn(worker: MediaWorker): Promise<PeerTransports>;
	/** A newer grant is in force for its seat in the grant's room. */
	granted(token: string): void;
	/** Its seat in that room, if it has one. */
	seatFor(roomId: string): Seat | undefined;
	add(seat: Seat): void;
}
