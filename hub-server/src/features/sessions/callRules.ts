import { cityOf } from '@counter-hub/shared/cities/cities.ts';
import type { MediaAdmission, MediaGrant } from '@counter-hub/shared/media/grant.ts';
import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { Session } from '@counter-hub/shared/sessions/Session.ts';
import type { HubContext } from '../../HubContext.ts';
import { admit } from '../rooms/admission.ts';
import type { Person, RoomRecord, RoomRules } from '../rooms/RoomKind.ts';

/** What a party of a call may send; everybody in the room may perceive it. */
const PARTY_PUBLISHES: MediaGrant['publish'] = [
	{ source: 'microphone', audience: 'room' },
	{ source: 'camera', audience: 'room' },
	{ source: 'document', audience: 'room' },
	{ source: 'screen', audience: 'room' },
];

/** The parties of a session: the caller and, once answered, the callee. */
const partiesOf = ({ caller, callee }: Session): Session['caller'][] =>
	callee ? [caller, callee] : [caller];

export const isParty = (session: Session, staffId: string): boolean =>
	partiesOf(session).some((party) => party.staffId === staffId);

/** One takes part at the post that the call was taken at: whoever has been moved since is no party any more. */
export function isAtPost(session: Session, actor: Actor): boolean {
	const party = partiesOf(session).find(({ staffId }) => staffId === actor.staffId);
	return party !== undefined && may.answerSession(actor, party.counterId);
}

export const roomOfCall = (session: Session): RoomRecord => ({
	roomId: session.id,
	nodeId: session.nodeId,
	version: session.version,
	rightsVersion: session.rightsVersion,
	parties: partiesOf(session),
	present: Object.keys(session.present),
	mediaLost: session.mediaLostAt !== null,
});

/**
 * The caller and whoever answered are members; the people it rings for enter the lobby, where they get everything ready
 * but perceive nothing yet.
 */
export const callRules: RoomRules<Session> = {
	describe: roomOfCall,
	cityOf: (session, { staffId }) =>
		partiesOf(session).find((one) => one.staffId === staffId)?.cityCode ?? session.toCity,
	rightsOf(session, { staffId, displayName }) {
		const party = partiesOf(session).find((one) => one.staffId === staffId);
		const { cityCode, duty } = party ?? { cityCode: session.toCity, duty: session.toDuty };
		return {
			label: `${displayName} · ${cityOf(cityCode).zh}`,
			side: duty,
			stage: party ? 'member' : 'lobby',
			publish: PARTY_PUBLISHES,
			subscribe: true,
			hidden: !party,
			say: party !== undefined,
		};
	},
};

/** The way into a session's room for a person, now. @throws AppError `noMediaNode` while its node is away for all */
export const admitToCall = (hub: HubContext, session: Session, person: Person): Promise<MediaAdmission> =>
	admit(hub, callRules, session, person);
