import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import type { HubSocketData } from '../../hubSockets.ts';
import { liveSockets } from '../auth/LiveSockets.ts';
import { participantIdOf } from '../media-nodes/MediaGrants.ts';
import { nodeRegistry } from '../media-nodes/NodeRegistry.ts';
import { engagementOf } from '../presence/engagements.ts';
import { findSession } from './runSessionCommand.ts';
import type { SessionRecord } from './sessionProjections.ts';

/**
 * Media does not pass through the hub: whose sign-in is ended, or who has left the post that the call was taken at, is
 * removed from the room of the call, and the tokens of before do not open it again.
 */
export function cutMedia(hub: HubContext): void {
	const cut = (who: HubSocketData, isOver: (session: SessionRecord) => boolean) => {
		removeFromRoom(hub, who, isOver).catch((error: unknown) => {
			hub.logger.warn({ err: error }, 'somebody without the right could not be taken out of a call');
		});
	};
	liveSockets(hub).onCut(({ data }) => cut(data, () => true));
	liveSockets(hub).onRightsChanged(({ data }) => cut(data, (session) => !isStillAtPost(data, session)));
}

async function removeFromRoom(
	hub: HubContext,
	{ actor: { staffId }, pageId }: HubSocketData,
	isOver: (session: SessionRecord) => boolean,
): Promise<void> {
	const engagement = await engagementOf(hub, staffId);
	// The call may rightly be held by another page, which has a sign-in of its own.
	if (!engagement || (engagement.pageId !== null && engagement.pageId !== pageId)) return;
	const session = await findSession(hub, engagement.sessionId);
	if (!session || session.state === 'ended' || session.nodeId === null || !isOver(session)) return;
	await nodeRegistry(hub)
		.find(session.nodeId, hub.now())
		?.send('room:remove', {
			roomId: session.id,
			participantId: participantIdOf(session.id, staffId),
			reason: 'rights',
			version: session.version,
		});
}

function isStillAtPost({ actor }: HubSocketData, { caller, callee }: SessionRecord): boolean {
	const party = [caller, callee].find((one) => one?.staffId === actor.staffId);
	return party !== undefined && party !== null && may.answerSession(actor, party.counterId);
}
