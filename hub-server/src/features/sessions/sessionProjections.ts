import {
	applySessionEvent,
	SESSION_OUTCOMES,
	type SessionEvent,
} from '@counter-hub/shared/sessions/applySessionEvent.ts';
import type { Session } from '@counter-hub/shared/sessions/SessionState.ts';
import { sessionEvents } from '@counter-hub/shared/sessions/events.ts';
import { idOf, type Projection, type TimelineEvent } from '../timeline/types.ts';

/** A session with the case it belongs to. */
export interface SessionRecord extends Session {
	caseId: string;
}

/** Every session as the machine sees it, one document each; lists, deadlines and admissions read it. */
export const sessionsProjection: Projection<SessionRecord> = {
	name: 'sessions',
	form: 2,
	subjectKind: 'case',
	by: { machine: 'session' },
	apply(session, event) {
		const fact = asSessionEvent(event);
		return fact ? { ...applySessionEvent(session ?? null, fact), caseId: idOf(event.subject) } : session;
	},
};

/** The session that a case is in, so that it is in one at most. */
export const caseSessionProjection: Projection<{ live: string | null }> = {
	name: 'case_sessions',
	subjectKind: 'case',
	by: 'subject',
	apply(state, event) {
		const fact = asSessionEvent(event);
		if (!fact) return state;
		if (fact.type === 'session.requested') return { live: fact.about.sessionId };
		return fact.type in SESSION_OUTCOMES && state?.live === fact.about.sessionId ? { live: null } : state;
	},
};

function asSessionEvent({ type, data, at, about, version }: TimelineEvent): SessionEvent | undefined {
	if (!(type in sessionEvents) || about?.sessionId === undefined || version === undefined) return undefined;
	return { type, data, at: at.toISOString(), about, version } as SessionEvent;
}
