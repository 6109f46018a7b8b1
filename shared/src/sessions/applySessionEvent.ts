import type { z } from 'zod';
import { LIMITS } from '../limits/limits.ts';
import type { sessionEvents } from './events.ts';
import type { Session } from './Session.ts';
import type { SessionOutcome } from './sessionTerms.ts';

type SessionEventType = keyof typeof sessionEvents;

/** The events that end a session, with the outcome that each stands for. */
export const SESSION_OUTCOMES = {
	'session.declined': 'declined',
	'session.cancelled': 'cancelled',
	'session.missed': 'missed',
	'session.failed': 'failed',
	'session.concluded': 'concluded',
	'session.ended': 'unconcluded',
	'session.abandoned': 'abandoned',
} as const satisfies Partial<Record<SessionEventType, SessionOutcome>>;

/** An event of a session as it is folded: `at` is an ISO date. */
export type SessionEvent = {
	[K in SessionEventType]: {
		type: K;
		data: z.infer<(typeof sessionEvents)[K]>;
		at: string;
		about: { sessionId: string };
		version: number;
	};
}[SessionEventType];

/** Folds one event into the session. Pure; `session` is not changed. */
export function applySessionEvent(session: Session | null, event: SessionEvent): Session {
	if (event.type === 'session.requested') return requested(event);
	if (!session) throw new RangeError(`${event.type} before session.requested`);
	const next: Session = {
		...session,
		version: event.version,
		nodePlace: ('nodePlace' in event.data && event.data.nodePlace) || session.nodePlace,
	};
	switch (event.type) {
		case 'session.ringing':
			return { ...next, state: 'ringing', nodeId: event.data.nodeId, ringUntil: event.data.ringUntil };
		case 'session.answered':
			return {
				...next,
				rightsVersion: event.version,
				state: 'active',
				callee: event.data.callee,
				answeredAt: event.at,
				ringUntil: null,
				abandonAt: abandonedFrom(session, event.at),
			};
		case 'session.joined': {
			const { [event.data.participantId]: _back, ...removed } = session.removed;
			return watched(event.at, {
				...next,
				removed,
				present: { ...session.present, [event.data.participantId]: event.data.occurredAt ?? event.at },
			});
		}
		case 'session.left': {
			const { [event.data.participantId]: _gone, ...present } = session.present;
			const leftAt = { ...session.leftAt, [event.data.participantId]: event.data.occurredAt ?? event.at };
			return watched(event.at, { ...next, present, leftAt });
		}
		case 'session.removed':
			return {
				...next,
				rightsVersion: event.version,
				removed: { ...session.removed, [event.data.participantId]: event.version },
			};
		case 'session.mediaLost':
			return watched(event.at, {
				...next,
				mediaLostAt: event.data.occurredAt ?? event.at,
				moveAt: after(event.at, LIMITS.homeAwayMs),
			});
		case 'session.moved':
			return {
				...next,
				nodeId: event.data.nodeId,
				// Who has an older right comes with a way to the node of before.
				rightsVersion: event.version,
				// Another node, another account.
				nodePlace: null,
				moveAt: session.moveAt && after(event.at, LIMITS.homeAwayMs),
			};
		case 'session.mediaRestored':
			return watched(event.at, { ...next, mediaLostAt: null, moveAt: null });
		default:
			return closed(next, event);
	}
}

/** A room without anybody, or whose media are lost, is given up after a while; `at` is when this began. */
function abandonedFrom({ present, mediaLostAt, abandonAt }: Session, at: string): string | null {
	if (Object.keys(present).length > 0 && mediaLostAt === null) return null;
	return abandonAt ?? after(at, LIMITS.abandonMs);
}

const after = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

/** The session with the deadline that its room asks for; before the answer it has none but the ringing's. */
function watched(at: string, session: Session): Session {
	return { ...session, abandonAt: session.state === 'active' ? abandonedFrom(session, at) : null };
}

type ClosingEvent = Extract<SessionEvent, { type: keyof typeof SESSION_OUTCOMES }>;
function closed(session: Session, event: ClosingEvent): Session {
	return {
		...session,
		state: 'ended',
		outcome: SESSION_OUTCOMES[event.type],
		endedAt: event.at,
		ringUntil: null,
		abandonAt: null,
		mediaLostAt: null,
		moveAt: null,
		present: {},
		...(event.type === 'session.declined' && {
			declineReason: event.data.reason,
			declineNote: event.data.note,
		}),
		...(event.type === 'session.concluded' && {
			conclusion: event.data.conclusion,
			conclusionNote: event.data.note,
		}),
	};
}

function requested(event: Extract<SessionEvent, { type: 'session.requested' }>): Session {
	return {
		id: event.about.sessionId,
		version: event.version,
		rightsVersion: event.version,
		state: 'requested',
		...event.data,
		callee: null,
		nodeId: null,
		requestedAt: event.at,
		ringUntil: null,
		answeredAt: null,
		endedAt: null,
		outcome: null,
		conclusion: null,
		conclusionNote: null,
		declineReason: null,
		declineNote: null,
		present: {},
		leftAt: {},
		removed: {},
		abandonAt: null,
		mediaLostAt: null,
		moveAt: null,
		nodePlace: null,
	};
}
