import type { RemoteParticipant } from '@counter-hub/shared/media/mediaProtocol.ts';
import type { RoomNotices } from './MediaSocket.ts';

type Participants = readonly RemoteParticipant[];
type ParticipantNotices = Pick<
	RoomNotices,
	'participant:joined' | 'participant:changed' | 'participant:left'
>;

/** Keeps the list of the others up to date. A repeat changes nothing. */
export function participantNotices(
	read: () => Participants,
	write: (participants: Participants) => void,
): ParticipantNotices {
	const without = (id: string) => read().filter(({ participantId }) => participantId !== id);
	return {
		'participant:joined': ({ roomId: _, ...one }) => {
			write([...without(one.participantId), one]);
		},
		'participant:changed': ({ roomId: _, ...changed }) => {
			write(read().map((one) => (one.participantId === changed.participantId ? changed : one)));
		},
		'participant:left': ({ participantId }) => {
			write(without(participantId));
		},
	};
}
