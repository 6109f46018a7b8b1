import { z } from 'zod';
import { pageId, uuid } from '../ids/ids.ts';
import { request } from '../realtime/ack.ts';
import { mediaSource } from './grant.ts';
import {
	consumerInfo,
	mediaRights,
	mediaToken,
	roomEntry,
	roomFloor,
	seatRequests,
	volatileData,
	volatileTopic,
	workerId,
	type SeatRequest,
} from './mediaProtocol.ts';
import { nodeEpoch, nodeId } from './nodeProtocol.ts';
import { mediaKind, rtpCapabilities, rtpParameters } from './rtp.ts';

/*
 * Media node ⇄ media node, Socket.IO namespace `/spans` on the node where rooms stand (their home). The client is the
 * node by which pages of another city enter them: it lends its workers to those pages, and everything that is decided
 * about a room is decided at its home. Rules: docs/protocol.md, "Nodes among themselves", B-1 to B-9.
 */

export const SPANS_NAMESPACE = '/spans';

/** `auth` of the socket handshake. */
export const spanHandshake = z.strictObject({
	nodeId,
	epoch: nodeEpoch,
	credential: z.string().min(16).max(256),
	version: z.string().max(40),
});
export type SpanHandshake = z.infer<typeof spanHandshake>;

/** A page's place in a room, as both nodes name it. */
const seatId = uuid;
/** A way for RTP between a worker here and one there. */
const pipeId = uuid;
/** A stream on its last stretch, from the node of its viewer to his page. */
const tapId = z.string().min(1).max(64);
const streamId = uuid;

/** How the page of a seat stands to its own node. */
const lineState = z.strictObject({
	/** It has a socket. */
	attached: z.boolean(),
	/** One of its transports has finished ICE and DTLS. */
	connected: z.boolean(),
	capabilities: rtpCapabilities.nullable(),
});
export type LineState = z.infer<typeof lineState>;

/** Where a node receives what is piped, and the key of what it sends (SRTP). */
const pipeEnd = z.strictObject({
	ip: z.string().max(64),
	port: z.int().min(1).max(65_535),
	srtp: z.strictObject({ cryptoSuite: z.string().max(40), keyBase64: z.string().max(120) }),
});
export type PipeEnd = z.infer<typeof pipeEnd>;

const nothing = z.object({});
const event = z.enum(Object.keys(seatRequests) as [SeatRequest, ...SeatRequest[]]);
/** Of the page's protocol; the end that takes it in checks it by that. */
const paged = z.record(z.string(), z.unknown());
const reason = z.string().max(40);

/** All that stands between a home and another node. */
const spanAccount = z.object({
	/** With the grant in force. */
	seats: z.array(z.object({ seatId, token: mediaToken })),
	taps: z.array(tapId),
	pipes: z.array(
		z.object({
			pipeId,
			/** Streams that go to the other node. */
			carried: z.array(streamId),
			/** Streams of pages there that somebody beyond watches. */
			fetched: z.array(streamId),
		}),
	),
});
export type SpanAccount = z.infer<typeof spanAccount>;

/** Away → home. Every request is acknowledged with `Ack<data>`. */
export const spanRequests = {
	/**
	 * First after each connect: the seats that the node holds. Answered with all that the home holds for it: what was
	 * said while the line was away counts by that.
	 */
	'span:resume': request(z.strictObject({ seats: z.array(seatId).max(8192) }), spanAccount),
	/** A page takes a seat, with the token that it showed. */
	'seat:enter': request(
		z.strictObject({ seatId, token: mediaToken, pageId, workerId, line: lineState }),
		nothing,
	),
	'seat:line': request(z.strictObject({ seatId, line: lineState }), nothing),
	'seat:describe': request(z.strictObject({ seatId, resumed: z.boolean() }), z.object({ entry: roomEntry })),
	'seat:supply': request(
		z.strictObject({ seatId }),
		z.object({ workerId, consumers: z.array(consumerInfo) }),
	),
	'seat:grant': request(z.strictObject({ seatId, token: mediaToken }), mediaRights),
	/** What the page asks about the room, as it asks it. */
	'seat:ask': request(z.strictObject({ seatId, event, payload: paged }), z.object({ data: paged })),
	'seat:close': request(z.strictObject({ seatId, reason }), nothing),
} as const;

/** Away → home, not acknowledged. */
export const spanNews = {
	'seat:say': z.strictObject({ seatId, topic: volatileTopic, data: volatileData }),
	/** The page has asked once more for packets of it that were lost. */
	'tap:nack': z.strictObject({ tapId }),
} as const;

const act = z.discriminatedUnion('act', [
	z.strictObject({ act: z.literal('resume') }),
	z.strictObject({ act: z.literal('pause') }),
	z.strictObject({ act: z.literal('close') }),
	z.strictObject({ act: z.literal('keyFrame') }),
	z.strictObject({ act: z.literal('layer'), layer: z.int().min(0).max(3) }),
	z.strictObject({ act: z.literal('watchLosses') }),
]);
export type TapAct = z.infer<typeof act>;

/** What is asked about a tap's packets. */
export const tapStat = z.object({
	type: z.string(),
	packetCount: z.number().exactOptional(),
	bitrate: z.number().exactOptional(),
	fractionLost: z.number().exactOptional(),
	roundTripTime: z.number().exactOptional(),
});
export type TapStat = z.infer<typeof tapStat>;

/** Home → away. Every command is acknowledged with `Ack<data>`. */
export const spanCommands = {
	'pipe:open': request(z.strictObject({ pipeId, workerId, end: pipeEnd }), z.object({ end: pipeEnd })),
	'pipe:close': request(z.strictObject({ pipeId }), nothing),
	/** The seat's streams go by that pipe from now on; those of before are gone. */
	'seat:place': request(z.strictObject({ seatId, pipeId }), z.object({ floor: roomFloor })),
	/** Hands a stream out to the page of a seat, if both tokens say that it may be. Begins paused, at the lowest layer. */
	'tap:make': request(
		z.strictObject({
			seatId,
			streamId,
			source: mediaSource,
			/** Of the participant who sends it. */
			owner: mediaToken,
			/** How it comes by the pipe; null: its page is at that node, too. */
			piped: z.strictObject({ kind: mediaKind, rtpParameters }).nullable(),
		}),
		z.object({ tapId, type: z.enum(['simple', 'simulcast', 'svc', 'pipe']), kind: mediaKind, rtpParameters }),
	),
	'tap:do': request(z.strictObject({ tapId, act }), nothing),
	'tap:stats': request(z.strictObject({ tapId }), z.object({ stats: z.array(tapStat) })),
	/** Somebody beyond that node watches the stream of a page there, or nobody does any longer. */
	'stream:carry': request(z.strictObject({ pipeId, streamId, on: z.boolean() }), nothing),
	/** What came by the pipe has ended. */
	'stream:gone': request(z.strictObject({ pipeId, streamId }), nothing),
	/** For notices whose arrival counts. */
	'seat:deliver': request(
		z.strictObject({ seatId, event: z.string(), payload: paged, withinMs: z.int() }),
		z.object({ arrived: z.boolean() }),
	),
} as const;

/** Home → away, not acknowledged. */
export const spanNotices = {
	/** For the page of that seat, as it stands. */
	'seat:notice': z.strictObject({ seatId, event: z.string(), payload: paged, volatile: z.boolean() }),
	/** A newer grant of that seat is in force. */
	'seat:granted': z.strictObject({ seatId, token: mediaToken }),
	'seat:closed': z.strictObject({ seatId }),
} as const;
