import { z } from 'zod';
import { pageId, sessionId, uuid } from '../ids/ids.ts';
import { request } from '../realtime/ack.ts';
import { frameInfo, framePart } from './frames.ts';
import { mediaGrant, mediaSource } from './grant.ts';
import {
	dtlsParameters,
	iceParameters,
	mediaKind,
	rtpCapabilities,
	rtpParameters,
	transportParameters,
} from './rtp.ts';

/*
 * Browser ⇄ media node, Socket.IO namespace `/media` on the node's signal port.
 * Rules: docs/protocol.md, "Media".
 */

export const MEDIA_NAMESPACE = '/media';

export const mediaToken = z.string().min(1).max(4096);
const token = mediaToken;
const roomId = sessionId;
const streamId = uuid.describe(
	'Chosen by the publishing page, so that a repeated `produce` makes no second stream',
);
const consumerId = z.string().min(1).max(64);
export const workerId = z
	.string()
	.min(1)
	.max(64)
	.describe(
		'Where a room stands. A rebuilt room stands on another one; requests that name the old one are refused',
	);
const layer = z.int().min(-1).max(3).describe('A spatial layer, 0 the lowest; −1: nothing of it');

/** `auth` of the socket handshake. A refusal arrives as `connect_error` with the problem in `data`. */
export const mediaHandshake = z.strictObject({
	/** For the room to enter first, or for one of those to come back to. */
	token,
	pageId,
	/** From an earlier `welcome`: resumes this page's line with all its rooms, even when the token has expired. */
	resumeSecret: z.string().min(16).max(128).optional(),
	/** What this browser can receive, when it already knows the node's codecs: saves the round trip of `ready`. */
	device: z.strictObject({ capabilitiesId: z.string().max(64), rtpCapabilities }).optional(),
});
export type MediaHandshake = z.infer<typeof mediaHandshake>;

/** Another participant that this one may know of. */
const remoteParticipant = z.object({
	participantId: uuid,
	label: z.string(),
	side: z.string(),
	/** False while its page has no socket to the node. */
	connected: z.boolean(),
});
export type RemoteParticipant = z.infer<typeof remoteParticipant>;

/** A stream that the node sends, or will send, to this page. Consumers begin paused: say `consumer:ready`. */
export const consumerInfo = z.object({
	consumerId,
	streamId: uuid,
	participantId: uuid,
	label: z.string(),
	side: z.string(),
	source: mediaSource,
	kind: mediaKind,
	rtpParameters,
	/** The publisher has muted or blanked it. */
	producerPaused: z.boolean(),
	/** The publisher's camera gives no new pictures, although it neither ended nor was paused. */
	stalled: z.boolean(),
	/** This page's line does not carry all of it. */
	strained: z.boolean(),
	/** Spatial layers that can be asked for: 3 for a camera, else 1. */
	spatialLayers: z.int().min(1).max(4),
});
export type ConsumerInfo = z.infer<typeof consumerInfo>;

export const mediaRights = mediaGrant.pick({
	stage: true,
	publish: true,
	subscribe: true,
	hidden: true,
	say: true,
	grantVersion: true,
});
export type MediaRights = z.infer<typeof mediaRights>;
const rights = mediaRights;

/** The worker that a room stands on, and this line's two transports there: the same for all rooms of that worker. */
export const roomFloor = z.object({
	workerId,
	sendTransport: transportParameters,
	receiveTransport: transportParameters,
});
export type RoomFloor = z.infer<typeof roomFloor>;

/** One room that this line is in, all of it. */
export const roomEntry = z.object({
	roomId,
	participantId: uuid,
	floor: roomFloor,
	/** False while what was there before has been lost: what the page publishes must be published anew. */
	resumed: z.boolean(),
	rights,
	participants: z.array(remoteParticipant),
	/** All that this page receives in the room, once the node knows what it can receive. */
	consumers: z.array(consumerInfo),
	/** Own streams that the node holds, with the highest layer that somebody wants (−1: nobody). */
	streams: z.array(z.object({ streamId: uuid, wanted: layer })),
});
export type RoomEntry = z.infer<typeof roomEntry>;

const why = z.object({ roomId, reason: z.string() });

/** What may be said beside the streams: small, at once, and lost without a word when there is too much of it. */
const VOLATILE_BYTES = 1024;
export const volatileTopic = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);
export const volatileData = z
	.json()
	.refine((data) => new TextEncoder().encode(JSON.stringify(data)).length <= VOLATILE_BYTES);
export type VolatileData = z.infer<typeof volatileData>;

/** Browser → node, neither acknowledged nor repeated. What does not fit, is not allowed or is too much is dropped. */
export const mediaVolatile = {
	say: z.strictObject({ roomId, topic: volatileTopic, data: volatileData }),
} as const;

/** Node → browser, no acknowledgement. */
export const mediaNotices = {
	/** First notice on every socket: the line, the node's codecs and every room that the line is in. */
	welcome: z.object({
		nodeId: z.string(),
		epoch: z.int(),
		/** Transports, own streams and consumers of before are still there. */
		resumed: z.boolean(),
		resumeSecret: z.string(),
		capabilitiesId: z.string(),
		routerRtpCapabilities: rtpCapabilities,
		/** False: send `ready` to get consumers. */
		ready: z.boolean(),
		rooms: z.array(roomEntry),
	}),
	/** The worker died; wait for `room:rebuilt`. */
	'room:rebuilding': z.object({ roomId, workerId }),
	/** The room stands on another worker: publish again; what is received comes as `consumers:new`. */
	'room:rebuilt': z.object({ roomId, floor: roomFloor }),
	'room:closed': why,
	'participant:joined': remoteParticipant.extend({ roomId }),
	'participant:changed': remoteParticipant.extend({ roomId }),
	'participant:left': z.object({ roomId, participantId: uuid }),
	'consumers:new': z.object({ roomId, workerId, consumers: z.array(consumerInfo) }),
	'consumer:closed': z.object({ roomId, consumerId }),
	'consumer:paused': z.object({ roomId, consumerId }),
	'consumer:resumed': z.object({ roomId, consumerId }),
	/** What is seen is an old picture, or no longer: see `stream:stalled`. */
	'consumer:stalled': z.object({ roomId, consumerId, stalled: z.boolean() }),
	/** This page's line does not carry all of it, or does again. */
	'consumer:strained': z.object({ roomId, consumerId, strained: z.boolean() }),
	/** The highest layer of an own stream that anybody wants; −1: stop sending. */
	'stream:wanted': z.object({ roomId, streamId: uuid, wanted: layer }),
	/** The most that all lines of those who watch an own stream carry, in bits per second; null: as much as it likes. */
	'stream:budget': z.object({ roomId, streamId: uuid, bitrate: z.int().min(1).nullable() }),
	/** Not all who watch an own stream can read its codec: send it anew in one of these (MIME types) that all can. */
	'stream:recode': z.object({ roomId, streamId: uuid, codecs: z.array(z.string()) }),
	/** Somebody waits for a picture and none comes: send the present one once more, though nothing in it has changed. */
	'stream:refresh': z.object({ roomId, streamId: uuid }),
	/** The node closed an own stream, because a newer grant forbids it. */
	'stream:closed': z.object({ roomId, streamId: uuid, reason: z.string() }),
	/** A newer grant is in force (from the hub or from this page). */
	'rights:changed': z.object({ roomId, rights }),
	/** Another page of the same participant took over; do not come back. */
	superseded: z.object({ roomId }),
	/** The hub removed this participant; do not come back. */
	removed: why,
	/** What another participant says beside the streams. */
	said: z.object({ roomId, participantId: uuid, topic: volatileTopic, data: volatileData }),
	/** A frame of a stream that this page watches is coming; one that was coming of that stream comes no further. */
	'frame:begin': z.object({ roomId, streamId: uuid, frame: frameInfo }),
	/** Acknowledged by the page when it is there: that paces what follows. */
	'frame:part': z.object({ roomId, streamId: uuid, ...framePart }),
	/** The picture has moved: frames of this rest, and of those before, are no picture of now. */
	'frame:dropped': z.object({ roomId, streamId: uuid, rest: z.int() }),
	/** Somebody who watches an own stream lacks that frame. */
	'frame:asked': z.object({ roomId, streamId: uuid, frameId: uuid }),
} as const;
export type Welcome = z.infer<(typeof mediaNotices)['welcome']>;

const nothing = z.object({});
const oneStream = z.strictObject({ roomId, streamId });
/** So many who may be seen watching are being sent the frame; 0: nobody lacks it, and the rest need not be sent. */
const frameViewers = z.object({ viewers: z.int().min(0) });
const oneTransport = { workerId, direction: z.enum(['send', 'receive']) };

/** Browser → node. Every request is acknowledged with `Ack<data>`. */
export const mediaRequests = {
	/** One more room on the same line. */
	enter: request(z.strictObject({ token }), roomEntry),
	/** What this browser can receive, once a line. Consumers come in the answer, later ones as `consumers:new`. */
	ready: request(
		z.strictObject({ rtpCapabilities }),
		z.object({
			rooms: z.array(z.object({ roomId, workerId, consumers: z.array(consumerInfo) })),
		}),
	),
	/** Asks for nothing but an answer: whether the line still stands. */
	'line:check': request(z.strictObject({}), nothing),
	'transport:connect': request(z.strictObject({ ...oneTransport, dtlsParameters }), nothing),
	'transport:restart-ice': request(z.strictObject(oneTransport), z.object({ iceParameters })),
	/** Only as a member, and only sources that the grant names (MEDIA-6006, MEDIA-6004). */
	produce: request(
		z.strictObject({
			roomId,
			workerId,
			streamId,
			source: mediaSource,
			kind: mediaKind,
			rtpParameters,
			paused: z.boolean(),
		}),
		z.object({ wanted: layer }),
	),
	'stream:pause': request(oneStream, nothing),
	'stream:resume': request(oneStream, nothing),
	/** The camera behind an own stream gives no new pictures (true), or does again. Its viewers are told. */
	'stream:stalled': request(oneStream.extend({ stalled: z.boolean() }), nothing),
	'stream:close': request(oneStream, nothing),
	/**
	 * These consumers are built in the page, and so much of each is wanted (−1: nothing, it is not shown). A member's
	 * flow at once; those of the lobby at the moment a member's grant arrives, by whichever way. May be repeated.
	 */
	'consumer:ready': request(
		z.strictObject({
			roomId,
			consumers: z
				.array(z.strictObject({ consumerId, wanted: layer }))
				.min(1)
				.max(128),
		}),
		nothing,
	),
	/** Begins to send a frame of an own picture to those who watch it and lack it. One at a time for each stream. */
	'frame:begin': request(oneStream.extend({ frame: frameInfo }), frameViewers),
	/** Answered when the viewers have room for more; two may be under way. */
	'frame:part': request(oneStream.extend(framePart), frameViewers),
	/** The picture has moved: whoever shows a frame of this rest takes it away. */
	'frame:drop': request(oneStream.extend({ rest: z.int().min(0) }), nothing),
	/** Asks the publisher of a stream for a frame that he says is there. */
	'frame:ask': request(oneStream.extend({ frameId: uuid }), nothing),
	/** A newer token than the one in force; an older one is refused (MEDIA-6014), the same one repeats harmlessly. */
	grant: request(z.strictObject({ token }), rights),
	leave: request(z.strictObject({ roomId }), nothing),
} as const;

/** What a page asks about one room that it is in; answered where that room stands. */
export const seatRequests = {
	produce: mediaRequests.produce,
	'stream:pause': mediaRequests['stream:pause'],
	'stream:resume': mediaRequests['stream:resume'],
	'stream:stalled': mediaRequests['stream:stalled'],
	'stream:close': mediaRequests['stream:close'],
	'consumer:ready': mediaRequests['consumer:ready'],
	'frame:begin': mediaRequests['frame:begin'],
	'frame:part': mediaRequests['frame:part'],
	'frame:drop': mediaRequests['frame:drop'],
	'frame:ask': mediaRequests['frame:ask'],
	leave: mediaRequests.leave,
} as const;
export type SeatRequest = keyof typeof seatRequests;
