import { cityOf } from '@counter-hub/shared/cities/cities.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { MediaAdmission, MediaGrant } from '@counter-hub/shared/media/grant.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import type { Session } from '@counter-hub/shared/sessions/SessionState.ts';
import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { MediaGrants, participantIdOf } from '../media-nodes/MediaGrants.ts';
import { nodeRegistry, type MediaNode } from '../media-nodes/NodeRegistry.ts';

const grants = perHub((hub) => new MediaGrants(hub.config.mediaGrantPrivateKey));

/** What a party of a session may send; everybody in the room may perceive it. */
const PARTY_PUBLISHES: MediaGrant['publish'] = [
	{ source: 'microphone', audience: 'room' },
	{ source: 'camera', audience: 'room' },
	{ source: 'document', audience: 'room' },
	{ source: 'screen', audience: 'room' },
];

export interface Admittee {
	staffId: string;
	displayName: string;
	cityCode: Session['toCity'];
	duty: Session['toDuty'];
}

/** The node that holds the session's room. @throws AppError `noMediaNode` while it is away */
function nodeOf(hub: HubContext, session: Session): MediaNode {
	const node = session.nodeId === null ? undefined : nodeRegistry(hub).find(session.nodeId, hub.now());
	if (!node) throw new AppError('noMediaNode');
	return node;
}

/**
 * Where and with what right a person may enter the session's room: the caller and whoever answered as members,
 * the people it rings for into the lobby, where they get everything ready but perceive nothing yet.
 */
export function admit(hub: HubContext, session: Session, who: Admittee): MediaAdmission {
	const node = nodeOf(hub, session);
	const stage = isParty(session, who.staffId) ? 'member' : 'lobby';
	const participantId = participantIdOf(session.id, who.staffId);
	const token = grants(hub).sign({
		roomId: session.id,
		participantId,
		label: `${who.displayName} · ${cityOf(who.cityCode).zh}`,
		side: who.duty,
		stage,
		publish: PARTY_PUBLISHES,
		subscribe: true,
		hidden: stage === 'lobby',
		// The session's version rises with everything that changes a right: an answer outranks the lobby.
		grantVersion: session.version,
	});
	return { signalUrl: node.signalUrl, nodeId: node.nodeId, token, stage, roomId: session.id, participantId };
}

/** One takes part at the post that the call was taken at: whoever has been moved since is no party any more. */
export function isAtPost({ caller, callee }: Session, actor: Actor): boolean {
	const party = [caller, callee].find((one) => one?.staffId === actor.staffId);
	return party !== undefined && party !== null && may.answerSession(actor, party.counterId);
}

export function isParty(session: Session, staffId: string): boolean {
	return session.caller.staffId === staffId || session.callee?.staffId === staffId;
}
