import type { MediaAdmission, MediaSource } from '@counter-hub/shared/media/grant.ts';
import type {
	MediaRights,
	RemoteParticipant,
	VolatileData,
} from '@counter-hub/shared/media/mediaProtocol.ts';
import type { Problem } from '@counter-hub/shared/errors/problem.ts';

/**
 * - `connecting`: the first time; `connected`: socket and, where used, transports are up;
 * - `reconnecting`: socket, transport or room was lost and is being brought back without anybody's help;
 * - `failed`: refused for good (`problem` says why); `superseded`: another page took over;
 * - `removed`: by the hub, or the room was closed; `closed`: by `close()`.
 */
export type MediaConnection =
	'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed' | 'superseded' | 'removed' | 'closed';

/** It will not come back by itself. */
export const isOver = (connection: MediaConnection): boolean =>
	['failed', 'superseded', 'removed', 'closed'].includes(connection);

/** A stream of somebody else. A new object, and after a rebuilt room a new `track`, whenever something changes. */
export interface RemoteStream {
	/** Stable for as long as its publisher publishes it, through reconnects and rebuilt rooms. */
	readonly id: string;
	readonly participantId: string;
	readonly label: string;
	readonly side: string;
	readonly source: MediaSource;
	readonly kind: 'audio' | 'video';
	readonly track: MediaStreamTrack;
	/** Muted or blanked by its publisher. */
	readonly paused: boolean;
	/** Its camera gives no new pictures, says its publisher: what is seen is old. */
	readonly stalled: boolean;
	/** This page's line does not carry all of it: it comes slower than it is sent. */
	readonly strained: boolean;
	/** Highest layer that may be asked for plus one: 3 for a camera, 1 for a document or screen. */
	readonly spatialLayers: number;
}

/** A stream of this page. */
export interface LocalStream {
	/** As its viewers know it, for as long as it is published. */
	readonly id: string;
	readonly source: MediaSource;
	readonly track: MediaStreamTrack | null;
	readonly muted: boolean;
	/** The node has it. False in the lobby and while reconnecting. */
	readonly published: boolean;
	/** Highest layer that somebody watches; −1: nobody, so nothing is sent. */
	readonly wanted: number;
	/** Bits per second that the lines of those who watch carry; null: all of it. */
	readonly budget: number | null;
}

/** What another participant says beside the streams. */
export interface VolatileMessage {
	readonly participantId: string;
	readonly topic: string;
	readonly data: VolatileData;
}

export interface MediaState {
	readonly connection: MediaConnection;
	readonly rights: MediaRights | null;
	/** Others that the node tells us of, without this page's own participant. */
	readonly participants: readonly RemoteParticipant[];
	readonly streams: readonly RemoteStream[];
	readonly local: readonly LocalStream[];
	/** Why `connection` is `failed` or `removed`, or why the last publication was refused. */
	readonly problem: Problem | null;
}

/** By what media go to the node; whoever says nothing takes UDP, and TCP where that does not get through. */
export type MediaPath = 'udp' | 'tcp';

export interface MediaClientOptions {
	/** Id of this load of the page (see `pageId` in shared/ids). */
	pageId: string;
	/** Fetches a fresh admission from the hub; called when the node refuses the token as expired. */
	getAdmission: () => Promise<MediaAdmission>;
	/** Only by this path, to measure it. */
	path?: MediaPath;
}

/** How much of a remote video this page wants to receive. */
export type WantedQuality = 'none' | 'low' | 'medium' | 'high';

export interface StreamQuality {
	readonly streamId: string;
	readonly lossPercent: number;
	readonly jitterMs: number;
	/** 0 for audio. */
	readonly width: number;
	readonly height: number;
	readonly framesPerSecond: number;
}

export interface MediaQuality {
	/** Round trip to the media node; null while unknown. */
	readonly rttMs: number | null;
	/** Of all received packets since the last measurement. */
	readonly lossPercent: number;
	/** Something has come since the last measurement, whatever `connection` says of the signalling. */
	readonly receiving: boolean;
	/** 0 no connection, or nothing measured yet · 1 poor · 2 usable · 3 good · 4 very good. */
	readonly level: 0 | 1 | 2 | 3 | 4;
	readonly streams: readonly StreamQuality[];
}

/** A refusal by the node, or no answer from it. */
export class MediaError extends Error {
	readonly problem: Problem;

	constructor(problem: Problem) {
		super(problem.detail ?? problem.title);
		this.name = 'MediaError';
		this.problem = problem;
	}

	get code(): string {
		return this.problem.code;
	}
}
