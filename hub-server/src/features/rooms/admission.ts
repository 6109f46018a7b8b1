import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { MediaAdmission, MediaGrant } from '@counter-hub/shared/media/grant.ts';
import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { MediaGrants, participantIdOf } from '../media-nodes/MediaGrants.ts';
import { nodeForRoom, nodeInReach, nodeOfCity, type NodeInReach } from '../media-nodes/nodesInReach.ts';
import type { Person, RoomRules } from './RoomKind.ts';

const grants = perHub((hub) => new MediaGrants(hub.config.mediaGrantPrivateKey));

/** The node for a new room that somebody of this city opens. @throws AppError `noMediaNode` */
export async function placeRoom(hub: HubContext, city: CityCode): Promise<NodeInReach> {
	const node = await nodeForRoom(hub, [city]);
	if (!node) throw new AppError('noMediaNode');
	return node;
}

/**
 * Where and with what right a person may enter a room now: by a node of his own city, or by the room's own where there is
 * none.
 * @throws AppError `noMediaNode` while the room's node is away for all hubs, and what the rules refuse with
 */
export async function admit<R>(
	hub: HubContext,
	rules: RoomRules<R>,
	record: R,
	person: Person,
): Promise<MediaAdmission> {
	const { roomId, nodeId } = rules.describe(record);
	const home = await nodeInReach(hub, nodeId);
	if (!home) throw new AppError('noMediaNode');
	const city = rules.cityOf(record, person);
	const door = home.city === city ? home : ((await nodeOfCity(hub, city)) ?? home);
	const { signalUrl } = door;
	// Named in any case: what leads to one home does not lead to the next one.
	const stands = { home: { nodeId: home.nodeId, url: home.spanUrl } };
	const granted = signGrant(hub, rules, { record, person, stands });
	return { signalUrl, nodeId: door.nodeId, home: home.nodeId, roomId, ...granted };
}

/** The right of a person in a room, signed. @throws AppError what the rules refuse with */
export function signGrant<R>(
	hub: HubContext,
	rules: RoomRules<R>,
	{ record, person, stands }: { record: R; person: Person; stands?: Pick<MediaGrant, 'home'> },
): Pick<MediaAdmission, 'token' | 'stage' | 'participantId'> {
	const { roomId, rightsVersion } = rules.describe(record);
	const rights = rules.rightsOf(record, person);
	const participantId = participantIdOf(roomId, person.staffId);
	const token = grants(hub).sign(
		{
			...rights,
			...stands,
			roomId,
			participantId,
			grantVersion: rightsVersion,
		},
		hub.now(),
	);
	return { token, stage: rights.stage, participantId };
}
