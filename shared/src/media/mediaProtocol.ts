import { z } from 'zod';
import { pageId, sessionId, uuid } from '../ids/ids.ts';
import { request } from '../realtime/ack.ts';
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
 * Rules: docs/protocol.md, "Media", M-1 to M-19.
 */

export const MEDIA_NAMESPACE = '/media';

const token = z.string().min(1).max(4096);
const streamId = uuid.describe(
	'Chosen by the publishing page, so that a repeated `produce` makes no second stream',
);
const consumerId = z.string().min(1).max(64);
const generation = z
	.int()
	.min(1)
	.describe('Rises when the room is rebuilt; requests of an older one are refused');

/** `auth` of the socket handshake. A refusal arrives as `connect_error` with the problem in `data`. */
export const mediaHandshake = z.strictObject({
	token,
	pageId,
	/** From an earlier `welcome`: resumes this page's participant even when the token has expired. */
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
const consumerInfo = z.object({
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
	/** Spatial layers that can be asked for: 3 for a camera, else 1. */
	spatialLayers: z.int().min(1).max(4),
});
export type ConsumerInfo = z.infer<typeof consumerInfo>;

const rights = mediaGrant.pick({
	stage: true,
	publish: true,
	subscribe: true,
	hidden: true,
	grantVersion: true,
});
export type MediaRights = z.infer<typeof rights>;

/** Transports and codecs of one generation of the room. */
const roomFloor = z.object({
	generation,
	capabilitiesId: z.string(),
	routerRtpCapabilities: rtpCapabilities,
	sendTransport: transportParameters,
	receiveTransport: transportParameters,
});
export type RoomFloor = z.infer<typeof roomFloor>;

const why = z.object({ reason: z.string() });

/** Node → browser, no acknowledgement. */
export const mediaNotices = {
	/**
	 * First notice on every socket. `resumed`: transports, own streams and consumers of before are still there and
	 * `consumers` lists all of them; otherwise everything is new and `consumers` holds what `device` made possible.
	 */
	welcome: roomFloor.extend({
		resumed: z.boolean(),
		nodeId: z.string(),
		epoch: z.int(),
		roomId: sessionId,
		participantId: uuid,
		resumeSecret: z.string(),
		rights,
		participants: z.array(remoteParticipant),
		consumers: z.array(consumerInfo),
		/** False: send `ready` to get consumers. */
		ready: z.boolean(),
		/** Own streams that the node holds, with the highest layer that somebody wants (−1: nobody). */
		streams: z.array(z.object({ streamId: uuid, wanted: z.int().min(-1).max(3) })),
	}),
	/** The worker died; wait for `room:rebuilt`. */
	'room:rebuilding': z.object({}),
	/** New transports for everybody: build them, publish again and say `ready`, all at once. */
	'room:rebuilt': roomFloor,
	'room:closed': why,
	'participant:joined': remoteParticipant,
	'participant:changed': remoteParticipant,
	'participant:left': z.object({ participantId: uuid }),
	'consumers:new': z.object({ generation, consumers: z.array(consumerInfo) }),
	'consumer:closed': z.object({ consumerId }),
	'consumer:paused': z.object({ consumerId }),
	'consumer:resumed': z.object({ consumerId }),
	/** What is seen is an old picture, or no longer: see `stream:stalled`. */
	'consumer:stalled': z.object({ consumerId, stalled: z.boolean() }),
	/** The highest layer of an own stream that anybody wants; −1: stop sending. */
	'stream:wanted': z.object({ streamId: uuid, wanted: z.int().min(-1).max(3) }),
	/** The node closed an own stream, because a newer grant forbids it. */
	'stream:closed': z.object({ streamId: uuid, reason: z.string() }),
	/** A newer grant is in force (from the hub or from this page). */
	'rights:changed': rights,
	/** Another page of the same participant took over; do not reconnect. */
	superseded: z.object({}),
	/** The hub removed this participant; do not reconnect. */
	removed: why,
} as const;
export type Welcome = z.infer<(typeof mediaNotices)['welcome']>;

const nothing = z.object({});
const oneConsumer = z.strictObject({ consumerId });
const oneStream = z.strictObject({ streamId });
const direction = z.enum(['send', 'receive']);

/** Browser → node. Every request is acknowledged with `Ack<data>`. */
export const mediaRequests = {
	/** What this browser can receive. Consumers come in the answer, later ones as `consumers:new`. */
	ready: request(
		z.strictObject({ generation, rtpCapabilities }),
		z.object({ consumers: z.array(consumerInfo) }),
	),
	'transport:connect': request(z.strictObject({ generation, direction, dtlsParameters }), nothing),
	'transport:restart-ice': request(z.strictObject({ generation, direction }), z.object({ iceParameters })),
	/** Only as a member, and only sources that the grant names (MEDIA-6006, MEDIA-6004). */
	produce: request(
		z.strictObject({
			generation,
			streamId,
			source: mediaSource,
			kind: mediaKind,
			rtpParameters,
			paused: z.boolean(),
		}),
		z.object({ wanted: z.int().min(-1).max(3) }),
	),
	'stream:pause': request(oneStream, nothing),
	'stream:resume': request(oneStream, nothing),
	/** The camera behind an own stream gives no new pictures (true), or does again. Its viewers are told. */
	'stream:stalled': request(z.strictObject({ streamId, stalled: z.boolean() }), nothing),
	'stream:close': request(oneStream, nothing),
	/**
	 * These consumers are built in the page. A member's begin to flow at once; those of the lobby at the moment
	 * a member's grant arrives, by whichever way.
	 */
	'consumer:ready': request(z.strictObject({ consumerIds: z.array(consumerId).min(1).max(64) }), nothing),
	'consumer:pause': request(oneConsumer, nothing),
	/** Undoes `consumer:pause`. Refused in the lobby (MEDIA-6006). */
	'consumer:resume': request(oneConsumer, nothing),
	'consumer:layers': request(
		z.strictObject({
			consumerId,
			spatialLayer: z.int().min(0).max(3),
			temporalLayer: z.int().min(0).max(3).optional(),
		}),
		nothing,
	),
	/** A newer token than the one in force; an older one is refused (MEDIA-6014), the same one repeats harmlessly. */
	grant: request(z.strictObject({ token }), rights),
	leave: request(z.strictObject({}), nothing),
} as const;
