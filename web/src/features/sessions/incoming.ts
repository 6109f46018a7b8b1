import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import type { SessionView } from '@counter-hub/shared/sessions/sessions.ts';

/** A call that rings at this counter, with the admission to the lobby of its room. */
export interface Incoming {
	session: SessionView;
	/** Null while there is none, because the media node is away. */
	admission: MediaAdmission | null;
}

/** Why a call stopped ringing without this person's doing; said for three seconds in the banner's place. */
export interface RingEnd {
	kind: 'answered' | 'declined' | 'cancelled' | 'missed' | 'failed';
	session: SessionView;
}

const byAge = (a: Incoming, b: Incoming) =>
	a.session.requestedAt.localeCompare(b.session.requestedAt) || a.session.id.localeCompare(b.session.id);

const rings = (session: SessionView) => session.state === 'requested' || session.state === 'ringing';

/** A call rings: the longest waiting one comes first. An older version of a known call is ignored. */
export function withRinging(list: readonly Incoming[], next: Incoming): readonly Incoming[] {
	if (!rings(next.session)) return list;
	const known = list.find(({ session }) => session.id === next.session.id);
	if (known && known.session.version > next.session.version) return list;
	const admission = next.admission ?? known?.admission ?? null;
	return [...list.filter((one) => one !== known), { session: next.session, admission }].sort(byAge);
}

/** A session changed: it stays in the list only while it rings. `end` says why it left, unless `staffId` answered. */
export function withChange(
	list: readonly Incoming[],
	session: SessionView,
	staffId: string,
): { list: readonly Incoming[]; end: RingEnd | null } {
	const known = list.find((one) => one.session.id === session.id);
	if (!known || session.version < known.session.version) return { list, end: null };
	if (rings(session)) return { list: withRinging(list, { session, admission: known.admission }), end: null };
	const kind = endOf(session);
	const mine = session.callee?.staffId === staffId;
	return {
		list: list.filter((one) => one !== known),
		end: kind && !mine ? { kind, session } : null,
	};
}

function endOf(session: SessionView): RingEnd['kind'] | null {
	if (session.state === 'active') return 'answered';
	switch (session.outcome) {
		case 'declined':
		case 'cancelled':
		case 'missed':
		case 'failed':
			return session.outcome;
		default:
			return session.callee ? 'answered' : null;
	}
}

/** After a reconnect the hub's list is the truth; admissions at hand are kept. */
export function withTruth(
	list: readonly Incoming[],
	ringing: readonly SessionView[],
	admissions: readonly MediaAdmission[],
): readonly Incoming[] {
	return ringing
		.filter(rings)
		.map((session) => ({
			session,
			admission:
				list.find((one) => one.session.id === session.id)?.admission ??
				admissions.find(({ roomId }) => roomId === session.id) ??
				null,
		}))
		.sort(byAge);
}
