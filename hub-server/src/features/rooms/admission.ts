import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { MediaGrants, participantIdOf } from '../media-nodes/MediaGrants.ts';
import { nodeRegistry, type MediaNode } from '../media-nodes/NodeRegistry.ts';
import type { Person, RoomRules } from './RoomKind.ts';

const grants = perHub((hub) => new MediaGrants(hub.config.mediaGrantPrivateKey));

/** The node for a new room. @throws AppError `noMediaNode` */
export function placeRoom(hub: HubContext): MediaNode {
	const node = nodeRegistry(hub).place(hub.now());
	if (!node) throw new AppError('noMediaNode');
	return node;
}

/**
 * Where and with what right a person may enter a room now.
 * @throws AppError `noMediaNode` while its node is away, and what the rules refuse with
 */
export function admit<R>(hub: HubContext, rules: RoomRules<R>, record: R, person: Person): MediaAdmission {
	const { roomId, nodeId, rightsVersion } = rules.describe(record);
	const node = nodeRegistry(hub).find(nodeId, hub.now());
	if (!node) throw new AppError('noMediaNode');
	const rights = rules.rightsOf(record, person);
	const participantId = participantIdOf(roomId, person.staffId);
	const token = grants(hub).sign({ ...rights, roomId, participantId, grantVersion: rightsVersion });
	return {
		signalUrl: node.signalUrl,
		nodeId: node.nodeId,
		token,
		stage: rights.stage,
		roomId,
		participantId,
	};
}
