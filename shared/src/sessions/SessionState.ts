import type { z } from 'zod';
import { AppError } from '../errors/AppError.ts';
import type { ErrorKey } from '../errors/errorCatalogue.ts';
import { LIMITS } from '../limits/limits.ts';
import type { EventActor, EventDataOf, EventDraft, sessionEventData } from '../timeline/events.ts';
import type { Conclusion, DeclineReason, SessionOutcome, SessionPurpose, SessionState } from './sessions.ts';

type Caller = EventDataOf<'session.requested'>['caller'];
type SessionEventType = keyof typeof sessionEventData;
export type SessionEventDraft = EventDraft<SessionEventType>;

/** Everything that decides what a session may do next. Dates are ISO strings, so that the record is plain JSON. */
export interface Session {
	id: string;
	version: number;
	state: SessionState;
	purpose: SessionPurpose;
	note: string;
	caller: Caller;
	toCounterId: string;
	toCity: Caller['cityCode'];
	toDuty: Caller['duty'];
	callsBack: string | null;
	callee: Caller | null;
	nodeId: string | null;
	requestedAt: string;
	ringUntil: string | null;
	answeredAt: string | null;
	endedAt: string | null;
	outcome: SessionOutcome | null;
	conclusion: Conclusion | null;
	conclusionNote: string | null;
	declineReason: DeclineReason | null;
	declineNote: string | null;
	/** Participants in the room, with the moment since when. */
	present: Record<string, string>;
	/** When a participant was last seen leaving. */
	leftAt: Record<string, string>;
	/** Both sides gone: the session is abandoned at this time unless somebody returns. */
	abandonAt: string | null;
	mediaLostAt: string | null;
}

type Actor = EventActor;
/** `at` of a command is the hub's time in milliseconds. */
export type SessionCommand =
	| ({ type: 'request'; sessionId: string } & EventDataOf<'session.requested'>)
	| { type: 'ring'; nodeId: string; ringUntil: string }
	| { type: 'fail'; errorCode: string }
	| { type: 'answer'; callee: Caller }
	| { type: 'decline'; reason: DeclineReason; note: string }
	| { type: 'cancel'; staffId: string }
	| { type: 'expire' }
	| { type: 'participantJoined'; participantId: string }
	| { type: 'participantLeft'; participantId: string; reason: string }
	| { type: 'mediaLost'; reason: string }
	| { type: 'mediaRestored' }
	| { type: 'conclude'; conclusion: Conclusion; note: string; duty: Caller['duty'] }
	| { type: 'hangUp'; staffId: string }
	| { type: 'abandon' };

/** Who issues a command, and when. */
export interface CommandContext {
	actor: Actor;
	now: number;
}

/**
 * The session machine (V3, V10): what a command does to a session, as events, or the error that refuses it. Pure.
 * A command that would change nothing returns no events, so that repeats are harmless.
 * Passing through: `requested` → `ringing` → `active` → `ended` with an outcome.
 */
export function transition(
	session: Session | null,
	command: SessionCommand,
	context: CommandContext,
): SessionEventDraft[] {
	if (command.type === 'request') {
		if (session) return [];
		const { type: _request, sessionId, ...data } = command;
		return [{ type: 'session.requested', data, actor: context.actor, sessionId, version: 1 }];
	}
	if (!session) throw new AppError('unknownSession');
	const emit = <T extends SessionEventType>(type: T, data: EventDataOf<T>): SessionEventDraft[] => [
		{
			type,
			data,
			actor: context.actor,
			sessionId: session.id,
			version: session.version + 1,
		} as SessionEventDraft,
	];
	const live = (...states: SessionState[]) => {
		if (states.includes(session.state)) return;
		throw new AppError(refusal(session, command.type), {
			params: { state: session.state, outcome: session.outcome ?? '' },
		});
	};
	switch (command.type) {
		case 'ring':
			live('requested');
			return emit('session.ringing', { nodeId: command.nodeId, ringUntil: command.ringUntil });
		case 'fail':
			live('requested', 'ringing');
			return emit('session.failed', { errorCode: command.errorCode });
		case 'answer':
			if (session.state === 'active' && session.callee?.staffId === command.callee.staffId) return [];
			live('ringing');
			return emit('session.answered', { callee: command.callee });
		case 'decline':
			live('ringing');
			return emit('session.declined', { reason: command.reason, note: command.note });
		case 'cancel':
			live('requested', 'ringing');
			if (session.caller.staffId !== command.staffId) throw new AppError('notAllowed');
			return emit('session.cancelled', {});
		case 'expire':
			if (session.state !== 'ringing' && session.state !== 'requested') return [];
			if (session.ringUntil !== null && Date.parse(session.ringUntil) > context.now) return [];
			return emit('session.missed', {});
		case 'participantJoined': {
			if (session.state === 'ended' || command.participantId in session.present) return [];
			if (!participants(session).includes(command.participantId)) return [];
			const left = session.leftAt[command.participantId];
			return emit('session.joined', {
				participantId: command.participantId,
				gapMs: left === undefined ? null : Math.max(0, context.now - Date.parse(left)),
			});
		}
		case 'participantLeft':
			if (session.state === 'ended' || !(command.participantId in session.present)) return [];
			return emit('session.left', { participantId: command.participantId, reason: command.reason });
		case 'mediaLost':
			if (session.state !== 'active' || session.mediaLostAt !== null) return [];
			return emit('session.mediaLost', { reason: command.reason });
		case 'mediaRestored':
			if (session.state !== 'active' || session.mediaLostAt === null) return [];
			return emit('session.mediaRestored', {
				gapMs: Math.max(0, context.now - Date.parse(session.mediaLostAt)),
			});
		case 'conclude':
			live('active');
			if (command.duty !== 'permit')
				throw new AppError('notAllowed', { detail: 'Only the permit side concludes' });
			return emit('session.concluded', { conclusion: command.conclusion, note: command.note });
		case 'hangUp':
			if (session.state === 'ended') return [];
			live('active');
			if (session.caller.staffId !== command.staffId && session.callee?.staffId !== command.staffId)
				throw new AppError('notAllowed');
			return emit('session.ended', {});
		case 'abandon':
			if (
				session.state !== 'active' ||
				session.abandonAt === null ||
				Date.parse(session.abandonAt) > context.now
			)
				return [];
			return emit('session.abandoned', {});
	}
}

/** A room without anybody is given up after a while. */
function abandonedFrom(present: Session['present'], at: string): string | null {
	return Object.keys(present).length > 0 ? null : new Date(Date.parse(at) + LIMITS.abandonMs).toISOString();
}

const participants = (session: Session): string[] =>
	[session.caller, session.callee].flatMap((party) => (party ? [party.participantId] : []));

function refusal(session: Session, command: SessionCommand['type']): ErrorKey {
	if (session.state === 'ended') return 'sessionOver';
	if (session.state === 'active' && command === 'answer') return 'alreadyAnswered';
	return 'notInThisState';
}

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
		data: z.infer<(typeof sessionEventData)[K]>;
		at: string;
		sessionId: string;
		version: number;
	};
}[SessionEventType];

/** Folds one event into the session. Pure; `session` is not changed. */
export function applySessionEvent(session: Session | null, event: SessionEvent): Session {
	if (event.type === 'session.requested') return requested(event);
	if (!session) throw new RangeError(`${event.type} before session.requested`);
	const next: Session = { ...session, version: event.version };
	switch (event.type) {
		case 'session.ringing':
			return { ...next, state: 'ringing', nodeId: event.data.nodeId, ringUntil: event.data.ringUntil };
		case 'session.answered':
			return {
				...next,
				state: 'active',
				callee: event.data.callee,
				answeredAt: event.at,
				ringUntil: null,
				abandonAt: abandonedFrom(session.present, event.at),
			};
		case 'session.joined':
			return {
				...next,
				present: { ...session.present, [event.data.participantId]: event.at },
				abandonAt: null,
			};
		case 'session.left': {
			const { [event.data.participantId]: _gone, ...present } = session.present;
			return {
				...next,
				present,
				leftAt: { ...session.leftAt, [event.data.participantId]: event.at },
				abandonAt: abandonedFrom(present, event.at),
			};
		}
		case 'session.mediaLost':
			return { ...next, mediaLostAt: event.at };
		case 'session.mediaRestored':
			return { ...next, mediaLostAt: null };
		default:
			return closed(next, event);
	}
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
		id: event.sessionId,
		version: event.version,
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
		abandonAt: null,
		mediaLostAt: null,
	};
}
