import { applySessionEvent, type SessionEvent } from '@counter-hub/shared/sessions/applySessionEvent.ts';
import type { Session } from '@counter-hub/shared/sessions/Session.ts';
import { sessionEvents } from '@counter-hub/shared/sessions/events.ts';
import { idOf, type Projection, type TimelineEvent } from '../timeline/types.ts';

/** A session with the case it belongs to. */
export interface SessionRecord extends Session {
	caseId: string;
}

/** Every session as the machine sees it, one document each; lists, deadlines and admissions read it. */
export const sessionsProjection: Projection<SessionRecord> = {
	name: 'sessions',
	form: 3,
	subjectKind: 'case',
	by: { machine: 'session' },
	apply(session, event) {
		const fact = asSessionEvent(event);
		return fact ? { ...applySessionEvent(session ?? null, fact), caseId: idOf(event.subject) } : session;
	},
};

function asSessionEvent({ type, data, at, about, version }: TimelineEvent): SessionEvent | undefined {
	if (!(type in sessionEvents) || about?.sessionId === undefined || version === undefined) return undefined;
	return { type, data, at: at.toISOString(), about, version } as SessionEvent;
}
