import type { mediaNotices } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { RtpCapabilities } from '@counter-hub/shared/media/rtp.ts';
import type { z } from 'zod';
import type { MediaWorker } from '../workers/MediaWorker.ts';
import type { LineTransports } from './LineTransports.ts';

type Notices = typeof mediaNotices;
export type NoticeName = keyof Notices;
export type Notice<K extends NoticeName> = z.input<Notices[K]>;

/** Where notices to a page go: its socket. */
export interface PageSocket {
	notify<K extends NoticeName>(event: K, payload: Notice<K>): void;
	/** Dropped when the socket cannot take it now. */
	notifyVolatile<K extends NoticeName>(event: K, payload: Notice<K>): void;
	/** False when the page has not acknowledged it in time, or is not there. */
	deliver<K extends NoticeName>(event: K, payload: Notice<K>, withinMs: number): Promise<boolean>;
}

/** What a peer needs of the line that its page has to this node. */
export interface PageLine extends PageSocket {
	readonly pageId: string;
	/** Its page has a socket now. */
	readonly attached: boolean;
	/** What the page can receive, once it has said so. */
	readonly capabilities: RtpCapabilities | null;
	/** The page's transports on that worker: made at the first time, the same for every room there. */
	transportsOn(worker: MediaWorker): Promise<LineTransports>;
}
