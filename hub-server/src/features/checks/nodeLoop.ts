import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { NodeLoop } from '@counter-hub/shared/checks/checks.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { places } from '../counters/Places.ts';
import { admit, placeRoom } from '../rooms/admission.ts';
import type { Person, RoomRules } from '../rooms/RoomKind.ts';

/** A room of moments, which nobody keeps a record of: the node closes it when both are gone. */
interface LoopRoom {
	roomId: string;
	nodeId: string;
	cityCode: CityCode;
	there: Person;
	back: Person;
}

const rules: RoomRules<LoopRoom> = {
	describe: ({ roomId, nodeId }) => ({
		roomId,
		nodeId,
		version: 1,
		rightsVersion: 1,
		parties: [],
		present: [],
		mediaLost: false,
	}),
	cityOf: ({ cityCode }) => cityCode,
	rightsOf: ({ there }, { staffId, displayName }) => {
		const sends = staffId === there.staffId;
		return {
			label: displayName,
			side: sends ? 'there' : 'back',
			stage: 'member',
			publish: sends
				? (['camera', 'microphone'] as const).map((source) => ({ source, audience: 'room' }))
				: [],
			subscribe: !sends,
			hidden: false,
			say: true,
		};
	},
};

/**
 * L2: a way to the own media node and one back, for one page that plays both ends: what it sends comes back to it over
 * the real path. @throws AppError `noMediaNode`
 */
export async function openNodeLoop(hub: HubContext, { actor, displayName }: Principal): Promise<NodeLoop> {
	const counter = actor.counterId === null ? undefined : await places(hub).counter(actor.counterId);
	if (!counter) throw new AppError('notAllowed');
	assertMay(may.checkWindow(actor, counter.id));
	const node = await placeRoom(hub, counter.cityCode);
	const room: LoopRoom = {
		roomId: newId(),
		nodeId: node.nodeId,
		cityCode: counter.cityCode,
		there: { staffId: actor.staffId, displayName },
		// The same person once more, as another participant.
		back: { staffId: `${actor.staffId}/back`, displayName },
	};
	return {
		there: await admit(hub, rules, room, room.there),
		back: await admit(hub, rules, room, room.back),
		nodeCity: node.city,
	};
}
