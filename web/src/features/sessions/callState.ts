import type { SessionParty, SessionView } from '@counter-hub/shared/sessions/sessions.ts';

/**
 * Where this page stands in its one call. Incoming calls are a list beside it.
 * - `held`: the person's call lives in another page, or in none since the browser was closed (`elsewhere: false`).
 * - `ended`: the result stays to be read until it is put away.
 */
export type CallPhase =
	| { kind: 'idle' }
	| { kind: 'outgoing'; session: SessionView }
	| { kind: 'answering'; session: SessionView }
	| { kind: 'inCall'; session: SessionView }
	| { kind: 'held'; session: SessionView; elsewhere: boolean }
	| { kind: 'ended'; session: SessionView };

/** The side of a session on which a person stands; null for those who only see it. */
export function sidesOf(
	session: SessionView,
	staffId: string,
): { own: SessionParty; other: SessionParty | null } | null {
	if (session.caller.staffId === staffId) return { own: session.caller, other: session.callee };
	if (session.callee?.staffId === staffId) return { own: session.callee, other: session.caller };
	return null;
}

/** The phase after the hub told the newest state of the session that this page holds. */
export function phaseAfter(phase: CallPhase, session: SessionView): CallPhase {
	if (phase.kind === 'idle' || phase.session.id !== session.id) return phase;
	if (session.version < phase.session.version) return phase;
	switch (session.state) {
		case 'requested':
		case 'ringing':
			return { ...phase, session };
		case 'active':
			if (phase.kind === 'held') return { ...phase, session };
			// The own answer is acknowledged first; a notice about it may arrive before.
			if (phase.kind === 'answering') return { ...phase, session };
			return { kind: 'inCall', session };
		case 'ended':
			return phase.kind === 'held' ? { kind: 'idle' } : { kind: 'ended', session };
	}
}

/** The page holds media of this session. */
export const isLive = (phase: CallPhase): boolean =>
	phase.kind === 'outgoing' || phase.kind === 'answering' || phase.kind === 'inCall';

/** The permit side 办理地 concludes (V10). */
export const mayConclude = (session: SessionView, staffId: string): boolean =>
	session.state === 'active' && sidesOf(session, staffId)?.own.duty === 'permit';
