import type { MediaGrant } from '@counter-hub/shared/media/grant.ts';
import type {
	ConsumerInfo,
	MediaRights,
	RoomEntry,
	seatRequests,
	VolatileData,
} from '@counter-hub/shared/media/mediaProtocol.ts';
import type { MediaFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import type { RequestHandlers } from '@counter-hub/shared/server/answerRequests.ts';

export type LeaveReason = Extract<MediaFact, { type: 'participant-left' }>['reason'];

/** What a seat may receive, and the worker where it is received. */
export interface Supply {
	readonly workerId: string;
	readonly consumers: ConsumerInfo[];
}

/** A page's place in a room, wherever that room stands. */
export interface Seat {
	readonly roomId: string;
	/** The node where the room stands; null: this one. */
	readonly home: string | null;
	/** As it was verified here. */
	readonly grant: MediaGrant;
	/** Answers what its page asks about this room. */
	readonly answers: RequestHandlers<typeof seatRequests>;
	/** All that the page needs to know of its place; what it may receive is made ready first. */
	describe(resumed: boolean): Promise<RoomEntry>;
	/** What it may receive and does not receive yet. */
	supply(): Promise<Supply>;
	/** A newer grant that the page itself has brought. */
	regrant(token: string): Promise<MediaRights>;
	/** A volatile message of the page. */
	say(topic: string, data: VolatileData): void;
	/** The line's socket or transports came or went, or its page has said what it can receive. */
	lineChanged(): void;
	close(reason: LeaveReason): void;
	onClosed(listener: () => void): void;
}

/** A seat that a page has taken. `resumed`: it had been there before and nothing was lost. */
export interface Entry {
	readonly seat: Seat;
	readonly resumed: boolean;
}
