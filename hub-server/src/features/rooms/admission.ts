import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { MediaGrants, participantIdOf } from '../media-nodes/MediaGrants.ts';
import { nodeForRoom, nodeInReach, type NodeInReach } from '../media-nodes/nodesInReach.ts';
import type { Person, RoomRules } from './RoomKind.ts';

const grants = perHub((hub) => new MediaGrants(hub.config.mediaGrantPrivateKey));

/** The node for a new room. @throws AppError `noMediaNode` */
export async function placeRoom(hub: HubContext): Promise<NodeInReach> {
	const node = await nodeForRoom(hub);
	if (!node) throw new AppError('noMediaNode');
	return node;
}

/**
 * Where and with what right a person may enter a room now.
 * @throws AppError `noMediaNode` while its node is away for all hubs, and what the rules refuse with
 */
export async function admit<R>(
	hub: HubContext,
	rules: RoomRules<R>,
	record: R,
	person: Person,
): Promise<MediaAdmission> {
	const { roomId, nodeId } = rules.describe(record);
	const node = await nodeInReach(hub, nodeId);
	if (!node) throw new AppError('noMediaNode');
	const { signalUrl } = node;
	return { signalUrl, nodeId: node.nodeId, roomId, ...signGrant(hub, rules, record, person) };
}

/** The right of a person in a room, signed. @throws AppError what the rules refuse with */
export function signGrant<R>(
	hub: HubContext,
	rules: RoomRules<R>,
	record: R,
	person: Person,
): Pick<MediaAdmission, 'token' | 'stage' | 'participantId'> {
	const { roomId, rightsVersion } = rules.describe(record);
	const rights = rules.rightsOf(record, person);
	const participantId = participantIdOf(roomId, person.staffId);
	const token = grants(hub).sign({ ...rights, roomId, participantId, grantVersion: rightsVersion });
	return { token, stage: rights.stage, participantId };
}
