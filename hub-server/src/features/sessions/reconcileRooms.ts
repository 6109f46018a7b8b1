import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { nodeRegistry, type MediaNode } from '../media-nodes/NodeRegistry.ts';
import { timeline } from '../timeline/timeline.ts';
import { report } from './mediaFacts.ts';
import { sessionModel, type SessionDocument } from './Session.model.ts';

const RECONCILE_MS = 5_000;
/** A participant who is not where the timeline says for this long has left: rebuilding and returning take less. */
const GONE_MS = 15_000;

/** Since when somebody whom the timeline calls present is in no room, by session and participant. */
const missingSince = perHub(() => new Map<string, number>());

/** The media of all sessions on a node is gone; says so on their timelines. */
export async function noteNodeLoss(hub: HubContext, node: MediaNode): Promise<void> {
	// The documents follow the timeline; a call that was answered a moment ago counts too.
	await timeline(hub).flushProjections();
	for (const { _id, version } of await activeSessions(hub, node.nodeId)) {
		const commandId = `node-lost:${node.nodeId}:${node.epoch}:${_id}:${version}`;
		await report(hub, _id, commandId, { type: 'mediaLost', reason: 'node-lost' });
	}
}

/** A node that was away only for this hub, and still holds its rooms, says nothing more about them: the gap is over. */
export async function noteNodeReturn(hub: HubContext, node: MediaNode): Promise<void> {
	await timeline(hub).flushProjections();
	for (const { _id, version, mediaLostAt, present } of await activeSessions(hub, node.nodeId)) {
		const room = node.rooms.get(_id);
		if (mediaLostAt === null || !room || Object.keys(present).some((id) => !room.has(id))) continue;
		const commandId = `node-back:${node.nodeId}:${node.epoch}:${_id}:${version}`;
		await report(hub, _id, commandId, { type: 'mediaRestored' });
	}
}

/**
 * Compares who is in the rooms with what the timelines say. A node that was killed never told who left, and a hub
 * that was down may have missed a fact that another one acknowledged.
 */
export function reconcileRooms(hub: HubContext): void {
	hub.sweeper.every(RECONCILE_MS, 'rooms of media nodes', async () => {
		const missing = missingSince(hub);
		const stillMissing = new Set<string>();
		for (const session of await activeSessions(hub)) {
			for (const participantId of absentees(hub, session)) {
				const key = `${session._id}/${participantId}`;
				stillMissing.add(key);
				const since = missing.get(key) ?? hub.now();
				missing.set(key, since);
				if (hub.now() - since < GONE_MS) continue;
				await report(hub, session._id, `gone:${newId(hub.now())}`, {
					type: 'participantLeft',
					participantId,
					reason: 'connection-lost',
				});
			}
		}
		for (const key of missing.keys()) if (!stillMissing.has(key)) missing.delete(key);
	});
}

function absentees(hub: HubContext, session: SessionDocument): string[] {
	const node = session.nodeId === null ? undefined : nodeRegistry(hub).find(session.nodeId, hub.now());
	const room = node?.rooms.get(session._id);
	return Object.keys(session.present).filter((participantId) => !room?.has(participantId));
}

function activeSessions(hub: HubContext, nodeId?: string) {
	return sessionModel(hub.connection)
		.find({ state: 'active', ...(nodeId !== undefined && { nodeId }) })
		.lean();
}
