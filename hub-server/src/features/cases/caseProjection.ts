import type { CaseState, OwnCaseState } from '@counter-hub/shared/cases/cases.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { searchForm } from '@counter-hub/shared/codes/plainText.ts';
import { SESSION_OUTCOMES } from '@counter-hub/shared/sessions/applySessionEvent.ts';
import type { Conclusion, SessionOutcome, SessionState } from '@counter-hub/shared/sessions/sessionTerms.ts';
import type { EventDataOf } from '@counter-hub/shared/timeline/events.ts';
import type { Projection, TimelineEvent } from '../timeline/types.ts';

/** A session as the case keeps it in view. */
interface CaseSessionEntry {
	id: string;
	state: SessionState;
	requestedAt: Date;
	answeredAt: Date | null;
	endedAt: Date | null;
	outcome: SessionOutcome | null;
	conclusion: Conclusion | null;
}

/** A case as lists and the case page read it: the fold of its timeline. `opened` holds what its first event says. */
export interface CaseFold extends EventDataOf<'case.opened'> {
	/** The enterprise's name as searches compare it. */
	enterpriseSearch: string;
	/** Its own; that a session is live lies over it (`shownState`). */
	state: OwnCaseState;
	openedAt: Date;
	updatedAt: Date;
	openedBy: string;
	/** Counters and cities of both sides, for what somebody may see. */
	counters: string[];
	cities: CityCode[];
	/** Who opened it, was in a session of it, or got it handed over, but not whoever handed it over: `mine`. */
	staff: string[];
	/** The latest ones, in order. */
	sessions: CaseSessionEntry[];
}

/** Sessions that a case keeps in view; older ones stay on the timeline. */
const SESSIONS_IN_VIEW = 50;

const AFTER: Record<Conclusion, OwnCaseState> = {
	pass: 'passed',
	correction: 'correction',
	rejectionAdvised: 'rejectionAdvised',
	contactLater: 'contactPending',
};
export const caseProjection: Projection<CaseFold> = {
	name: 'cases',
	form: 2,
	subjectKind: 'case',
	by: 'subject',
	apply(fold, event) {
		if (event.type === 'case.opened') return fold ?? opened(event);
		if (!fold) return undefined;
		const next = { ...fold, updatedAt: event.at };
		switch (event.type) {
			case 'session.requested': {
				const entry: CaseSessionEntry = {
					id: event.about?.sessionId ?? '',
					state: 'requested',
					requestedAt: event.at,
					answeredAt: null,
					endedAt: null,
					outcome: null,
					conclusion: null,
				};
				const sessions = [...fold.sessions, entry].slice(-SESSIONS_IN_VIEW);
				return { ...next, sessions, staff: including(fold.staff, event.data.caller.staffId) };
			}
			case 'session.ringing':
				return withSession(next, event, { state: 'ringing' });
			case 'session.answered':
				return {
					...withSession(next, event, { state: 'active', answeredAt: event.at }),
					staff: including(fold.staff, event.data.callee.staffId),
				};
			case 'session.concluded':
				return {
					...over(next, event),
					state: AFTER[event.data.conclusion],
					sessions: over(next, event).sessions.map((session) =>
						session.id === event.about?.sessionId
							? { ...session, conclusion: event.data.conclusion }
							: session,
					),
				};
			case 'case.handedOver': {
				const { from, to } = event.data;
				return {
					...next,
					staff: including(
						fold.staff.filter((id) => id !== from),
						to,
					),
				};
			}
			case 'session.ended':
			case 'session.abandoned':
			case 'session.declined':
			case 'session.cancelled':
			case 'session.missed':
			case 'session.failed':
				return over(next, event);
			default:
				// Every event is a new state, so that the document's `seq` keeps up with the timeline and reading it stays short.
				return next;
		}
	},
};

/** What lists and pages show: where the case stands, or that a session of it is live. */
export const shownState = ({ state, sessions }: Pick<CaseFold, 'state' | 'sessions'>): CaseState =>
	sessions.some((session) => session.state === 'active') ? 'inSession' : state;

/** The session that goes on, by id: a case is in one at most, so that it is the latest (S-3). */
export function sessionUnderway({ sessions }: Pick<CaseFold, 'sessions'>): string | null {
	const latest = sessions.at(-1);
	return latest && latest.state !== 'ended' ? latest.id : null;
}

function opened({ data, at, actor }: TimelineEvent<'case.opened'>): CaseFold {
	return {
		...data,
		enterpriseSearch: searchForm(data.enterpriseName),
		state: 'open',
		openedAt: at,
		updatedAt: at,
		openedBy: actor.kind === 'staff' ? actor.staffId : '',
		counters: [data.originCounterId, data.permitCounterId],
		cities: [data.originCity, data.permitCity],
		staff: actor.kind === 'staff' ? [actor.staffId] : [],
		sessions: [],
	};
}

function over(fold: CaseFold, event: TimelineEvent<keyof typeof SESSION_OUTCOMES>): CaseFold {
	return withSession(fold, event, {
		state: 'ended',
		endedAt: event.at,
		outcome: SESSION_OUTCOMES[event.type],
	});
}

function withSession(fold: CaseFold, event: TimelineEvent, change: Partial<CaseSessionEntry>): CaseFold {
	const sessions = fold.sessions.map((session) =>
		session.id === event.about?.sessionId ? { ...session, ...change } : session,
	);
	return { ...fold, sessions };
}

const including = (list: string[], id: string) => (list.includes(id) ? list : [...list, id]);
