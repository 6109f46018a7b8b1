import { trusted } from 'mongoose';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { SessionCommand } from '@counter-hub/shared/sessions/SessionState.ts';
import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { nodeRegistry, type MediaNode } from '../media-nodes/NodeRegistry.ts';
import { timeline } from '../timeline/timeline.ts';
import { isMediaBack, report } from './mediaFacts.ts';
import { sessionModel, type SessionDocument } from './Session.model.ts';

const RECONCILE_MS = 5_000;
/** Somebody, or a node, who is not where the timeline says for this long is gone: rebuilding and returning take less. */
const GONE_MS = 15_000;

/** Since when something that a timeline says is not so at the nodes; `isTold` once a timeline says that too. */
interface Gap {
	since: number;
	isTold: boolean;
}
const gaps = perHub(() => new Map<string, Gap>());

/** Loss and greeting of one node are dealt with in the order in which they happened. */
const turns = perHub(() => new Map<string, Promise<void>>());
function inTurn(hub: HubContext, { nodeId }: MediaNode, work: () => Promise<void>): Promise<void> {
	const turn = (turns(hub).get(nodeId) ?? Promise.resolve()).then(work);
	turns(hub).set(
		nodeId,
		turn.catch(() => undefined),
	);
	return turn;
}

/** The media of all sessions on a node is gone; says so on their timelines, unless it is back by then. */
export function noteNodeLoss(hub: HubContext, node: MediaNode): Promise<void> {
	return inTurn(hub, node, async () => {
		// The documents follow the timeline; a call that was answered a moment ago counts too.
		await timeline(hub).flushProjections();
		await forEach(hub, await activeSessions(hub, node.nodeId), async ({ _id, version }) => {
			if (nodeRegistry(hub).find(node.nodeId, hub.now())?.epoch === node.epoch) return;
			const commandId = `node-lost:${node.nodeId}:${node.epoch}:${_id}:${version}`;
			await report(hub, _id, commandId, { type: 'mediaLost', reason: 'node-lost' });
		});
	});
}

/** A node that was away only for this hub, and still holds its rooms, says nothing more about them. */
export function noteNodeReturn(hub: HubContext, node: MediaNode): Promise<void> {
	return inTurn(hub, node, async () => {
		await timeline(hub).flushProjections();
		const sessions = await activeSessions(hub, node.nodeId);
		await forEach(hub, sessions, (session) => followRoom(hub, node, session));
		await closeEndedRooms(hub, node);
	});
}

/**
 * Compares who is in the rooms with what the timelines say, both ways. A node that was killed never told who left, a
 * hub that was down may have missed a fact that another one acknowledged, and a command to a node may be lost.
 */
export function reconcileRooms(hub: HubContext): void {
	hub.sweeper.every(RECONCILE_MS, 'rooms of media nodes', async () => {
		const open = new Set<string>();
		await forEach(hub, await activeSessions(hub), async (session) => {
			const node = nodeOf(hub, session);
			if (!node) return noteAwayNode(hub, session, open);
			await followRoom(hub, node, session);
			await noteAbsentees(hub, node, session, open);
		});
		for (const key of gaps(hub).keys()) if (!open.has(key)) gaps(hub).delete(key);
		for (const node of nodeRegistry(hub).alive(hub.now())) await closeEndedRooms(hub, node);
	});
}

/** One session after the other; one that cannot be dealt with now does not keep the others waiting. */
async function forEach(
	hub: HubContext,
	sessions: readonly SessionDocument[],
	work: (session: SessionDocument) => Promise<void>,
): Promise<void> {
	for (const session of sessions) {
		try {
			await work(session);
		} catch (error) {
			hub.logger.warn(
				{ err: error, sessionId: session._id },
				'a session could not be compared with its room',
			);
		}
	}
}

/** Who is in the room is on the timeline; media that are back are no longer called lost. */
async function followRoom(hub: HubContext, node: MediaNode, session: SessionDocument): Promise<void> {
	const { _id, version, present, caller, callee } = session;
	for (const party of [caller, callee]) {
		if (!party || party.participantId in present) continue;
		const { participantId } = party;
		// Asked at the last moment: meanwhile the person may have left.
		if (!node.rooms.get(_id)?.has(participantId)) continue;
		const commandId = `back:${node.epoch}:${_id}:${version}:${participantId}`;
		await report(hub, _id, commandId, { type: 'participantJoined', participantId });
	}
	if (isMediaBack(session, node))
		await report(hub, _id, `healed:${node.epoch}:${_id}:${version}`, { type: 'mediaRestored' });
}

async function noteAbsentees(
	hub: HubContext,
	node: MediaNode,
	session: SessionDocument,
	open: Set<string>,
): Promise<void> {
	for (const participantId of Object.keys(session.present)) {
		if (node.rooms.get(session._id)?.has(participantId)) continue;
		const gap = gapOf(hub, `${session._id}/${participantId}`, open);
		if (hub.now() - gap.since < GONE_MS) continue;
		await say(hub, session, { type: 'participantLeft', participantId, reason: 'connection-lost' });
	}
}

/**
 * A node that this hub has not heard of since its start may be dead: nobody noted its loss. Said once, because the node
 * may be away for this hub only, and another one then says that the media are there.
 */
async function noteAwayNode(hub: HubContext, session: SessionDocument, open: Set<string>): Promise<void> {
	const gap = gapOf(hub, session._id, open);
	if (gap.isTold || hub.now() - gap.since < GONE_MS) return;
	gap.isTold = true;
	await say(hub, session, { type: 'mediaLost', reason: 'node-lost' });
}

const say = (hub: HubContext, { _id }: SessionDocument, command: SessionCommand) =>
	report(hub, _id, `gone:${newId(hub.now())}`, command);

function gapOf(hub: HubContext, key: string, open: Set<string>): Gap {
	open.add(key);
	const gap = gaps(hub).get(key) ?? { since: hub.now(), isTold: false };
	gaps(hub).set(key, gap);
	return gap;
}

/** The order to close a room may have been lost; those who sit in it would go on seeing each other. */
async function closeEndedRooms(hub: HubContext, node: MediaNode): Promise<void> {
	if (node.rooms.size === 0) return;
	const ended = await sessionModel(hub.connection)
		.find({ _id: trusted({ $in: [...node.rooms.keys()] }), state: 'ended' }, { outcome: 1 })
		.lean();
	for (const { _id, outcome } of ended)
		await node.send('room:close', { roomId: _id, reason: outcome ?? 'ended' });
}

function nodeOf(hub: HubContext, { nodeId }: SessionDocument): MediaNode | undefined {
	return nodeId === null ? undefined : nodeRegistry(hub).find(nodeId, hub.now());
}

function activeSessions(hub: HubContext, nodeId?: string) {
	return sessionModel(hub.connection)
		.find({ state: 'active', ...(nodeId !== undefined && { nodeId }) })
		.lean();
}
