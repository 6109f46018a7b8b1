import { trusted } from 'mongoose';
import type { SessionCommand } from '@counter-hub/shared/sessions/sessionMachine.ts';
import type { HubContext } from '../../HubContext.ts';
import { liveSockets } from '../auth/LiveSockets.ts';
import { signInModel } from '../auth/SignIn.model.ts';
import { participantIdOf } from '../media-nodes/MediaGrants.ts';
import { actorOf, staffModel } from '../people/Staff.model.ts';
import { engagementModel } from '../presence/Engagement.model.ts';
import { isInRoom, removeFrom } from '../rooms/roomCommands.ts';
import { isAtPost, isParty, roomOfCall } from './callRules.ts';
import { findSession, runSessionCommand } from './runSessionCommand.ts';
import type { SessionRecord } from './sessionProjections.ts';

const SWEEP_MS = 5_000;

/**
 * Media does not pass through the hub: whose sign-in is ended, who is disabled, or who has left the post that the call
 * was taken at, is removed from the room of the call, and the tokens of before do not open it again (S-10). At once
 * where this hub has the person's socket; the sweep finds those without one, and whom a node could not be told of.
 */
export function cutMedia(hub: HubContext): void {
	const look = (staffId: string) => {
		cutWithoutRight(hub, [staffId]).catch((error: unknown) => {
			hub.logger.warn({ err: error }, 'somebody without the right is not out of a call yet; tried again');
		});
	};
	liveSockets(hub).onCut(({ data }) => {
		look(data.actor.staffId);
	});
	liveSockets(hub).onRightsChanged(({ data }) => {
		look(data.actor.staffId);
	});
	hub.sweeper.every(SWEEP_MS, 'people in calls without the right', () => cutWithoutRight(hub));
}

/** Of everybody who is busy with a session, or of those named. */
async function cutWithoutRight(hub: HubContext, staffIds?: readonly string[]): Promise<void> {
	const held = await engagementModel(hub.connection)
		.find(staffIds ? { _id: trusted({ $in: staffIds }) } : {})
		.lean();
	if (held.length === 0) return;
	const [people, ended] = await Promise.all([
		staffModel(hub.connection)
			.find({ _id: trusted({ $in: held.map(({ _id }) => _id) }) })
			.lean(),
		signInModel(hub.connection)
			.find(
				{ _id: trusted({ $in: held.map(({ signInId }) => signInId) }), revokedAt: trusted({ $ne: null }) },
				{ _id: 1 },
			)
			.lean(),
	]);
	const actors = new Map(people.map((person) => [person._id, person.disabled ? null : actorOf(person)]));
	const revoked = new Set(ended.map(({ _id }) => _id));
	for (const engagement of held) {
		const session = await findSession(hub, engagement.sessionId);
		if (!session || session.state === 'ended') continue;
		const actor = actors.get(engagement._id);
		const hasRight = !!actor && !revoked.has(engagement.signInId) && isAtPost(session, actor);
		// Whoever is about to answer is engaged already and no party yet.
		if (hasRight || !isParty(session, engagement._id)) continue;
		// Again only while it is needed: it would also refuse the tokens that a new sign-in has brought since.
		if (!staffIds && !isInRoom(hub, roomOfCall(session), engagement._id)) continue;
		await remove(hub, session, engagement._id);
	}
}

/** First on record, so that admissions of before are older than those that a new right brings; then at the node. */
async function remove(hub: HubContext, before: SessionRecord, staffId: string): Promise<void> {
	const participantId = participantIdOf(before.id, staffId);
	const command: SessionCommand = { type: 'remove', participantId, reason: 'rights' };
	const { session } = await runSessionCommand(hub, {
		caseId: before.caseId,
		sessionId: before.id,
		commandId: `removed:${participantId}:${before.version}`,
		asked: command,
		actor: { kind: 'system', by: 'hub' },
		commands: [command],
	});
	const removedAt = session.removed[participantId];
	if (removedAt === undefined) return;
	await removeFrom(hub, { ...roomOfCall(session), rightsVersion: removedAt - 1 }, [staffId], 'rights');
}
