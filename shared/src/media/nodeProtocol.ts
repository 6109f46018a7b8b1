import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { sessionId, uuid } from '../ids/ids.ts';
import { request } from '../realtime/ack.ts';

/*
 * Hub ⇄ media node, Socket.IO namespace `/nodes` on the hub; the node is the client and talks to every hub.
 * Rules: docs/protocol.md, "Nodes", N-1 to N-10.
 */

export const NODES_NAMESPACE = '/nodes';

/** How often a node sends `node:heartbeat`. */
export const NODE_HEARTBEAT_MS = 500;
/** A node that is silent for so long is lost; a closed socket is loss at once. */
export const NODE_SILENCE_MS = 2000;

/** Facts in one `node:news`, well below what a hub takes in one message. */
export const NEWS_FACTS_MAX = 400;

/** One run of a node process; a restart has a new, higher one (milliseconds since 1970 at its start). */
export const nodeEpoch = z.int().min(1);

/** Names a node to the hubs. It becomes a part of command ids, so it holds only what those allow. */
export const nodeId = z
	.string()
	.regex(
		/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
		'must be up to 64 letters, digits, dots, dashes and underscores, and begin with a letter or digit',
	);

/** How far into what a node told: its run, and the number of the last fact. A later place knows more. */
export const nodePlace = z.strictObject({ epoch: nodeEpoch, n: z.int().min(0) });
export type NodePlace = z.infer<typeof nodePlace>;

/** Whether `one` knows less of the node than `other`. */
export const isEarlier = (one: NodePlace, other: NodePlace): boolean =>
	one.epoch < other.epoch || (one.epoch === other.epoch && one.n < other.n);

/** `auth` of the node's socket handshake. */
export const nodeHandshake = z.strictObject({
	nodeId,
	credential: z.string().min(16).max(256),
	epoch: nodeEpoch,
	/** Origin that browsers use, for example `https://media-1.example:8444`. */
	signalUrl: z.url(),
	/** Origin that other nodes use. */
	spanUrl: z.url(),
	/** The city whose pages connect there; null: anybody's. */
	city: cityCode.nullable(),
	/** Shows that it is of that city; whoever names none needs none. */
	cityKey: z.string().max(128).exactOptional(),
	version: z.string().max(40),
});
export type NodeHandshake = z.infer<typeof nodeHandshake>;

/** Something that happened at the node and that the hub may turn into a command. */
const mediaFact = z.discriminatedUnion('type', [
	/** A member whose page is ready to receive. */
	z.strictObject({ type: z.literal('participant-joined'), participantId: uuid, pageId: uuid }),
	/** Follows a `participant-joined` of the same participant and page, once. */
	z.strictObject({
		type: z.literal('participant-left'),
		participantId: uuid,
		pageId: uuid,
		reason: z.enum(['left', 'connection-lost', 'superseded', 'removed', 'room-closed']),
	}),
	/** The room's worker died; the room is being rebuilt. */
	z.strictObject({ type: z.literal('media-lost'), reason: z.enum(['worker-died']) }),
	/** Everybody who was there has transports on the new worker. */
	z.strictObject({ type: z.literal('media-restored') }),
	z.strictObject({
		type: z.literal('room-closed'),
		reason: z.enum(['empty', 'hub', 'moved', 'node-stopping', 'rebuild-failed']),
	}),
]);
export type MediaFact = z.infer<typeof mediaFact>;

/** `<nodeId>:<epoch>:<n>`, `n` counting from 1: the same fact has the same id however often it is sent. */
const factId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}:\d{1,16}:\d{1,12}$/);

/** The number of a fact, from its id. */
export const factNumber = (id: string): number => Number(id.slice(id.lastIndexOf(':') + 1));

const nodeFact = z.strictObject({
	id: factId,
	roomId: sessionId,
	/** Hub time (ms since 1970), from the measured offset of the clocks. */
	at: z.int(),
	/** The node's own clock (ms since 1970). */
	nodeAt: z.int(),
	fact: mediaFact,
});
export type NodeFact = z.infer<typeof nodeFact>;

const nothing = z.object({});
const roomAccount = z.strictObject({
	/** Those whose joining was reported and who are still there. */
	participants: z.array(uuid).max(64),
	/** Its worker died, and not everybody has new transports yet. */
	rebuilding: z.boolean(),
});
export type RoomAccount = z.infer<typeof roomAccount>;
const hubTime = z.object({ hubTime: z.int().describe('The hub clock when it answered, ms since 1970') });

/** Node → hub. Every request is acknowledged with `Ack<data>`. */
export const nodeRequests = {
	/** First after every (re)connect: what this node holds, so that the hub can reconcile. */
	'node:hello': request(
		z.strictObject({
			rooms: z.array(roomAccount.extend({ roomId: sessionId })).max(2000),
			/** Number of the last fact that this account includes; the news go on from here. */
			upTo: z.int().min(0),
		}),
		hubTime,
	),
	'node:heartbeat': request(
		z.strictObject({
			sentAt: z.int(),
			rooms: z.int().min(0),
			peers: z.int().min(0),
			workers: z.int().min(0),
		}),
		hubTime,
	),
	/** To every hub, from the greeting on: who is where now. In order and without a gap, or the node greets again. */
	'node:news': request(z.strictObject({ facts: z.array(nodeFact).min(1).max(NEWS_FACTS_MAX) }), nothing),
	/** To be put on record: in order, one in flight, until one hub has it for good. */
	'node:fact': request(nodeFact, nothing),
} as const;

/** Hub → node. All idempotent: a repeat changes nothing and is acknowledged alike. */
export const nodeCommands = {
	/** A newer grant changes rights in mid-call; it is remembered when the participant is not there. */
	'room:grant': request(z.strictObject({ token: z.string().max(4096) }), z.object({ applied: z.boolean() })),
	/** Removes the participant; tokens with `grantVersion` up to `version` no longer admit. */
	'room:remove': request(
		z.strictObject({
			roomId: sessionId,
			participantId: uuid,
			reason: z.string().max(80),
			version: z.int().min(1),
		}),
		nothing,
	),
	/** Who is in a room at this moment; nobody where there is none. A hub asks before it says anything of its own accord. */
	'room:look': request(z.strictObject({ roomId: sessionId }), roomAccount),
	/** The room stands on another node now: it is closed here, and tokens with `grantVersion` up to `version` do not admit. */
	'room:moved': request(z.strictObject({ roomId: sessionId, version: z.int().min(1) }), nothing),
	/** Closes the room for good: older tokens do not bring it back. */
	'room:close': request(z.strictObject({ roomId: sessionId, reason: z.string().max(80) }), nothing),
} as const;
