import { LIMITS } from '../limits/limits.ts';
import { AppError } from '../errors/AppError.ts';
import type { ErrorKey } from '../errors/errorCatalogue.ts';
import { isEarlier, type NodePlace } from '../media/nodeProtocol.ts';
import type { EventActor } from '../timeline/eventActor.ts';
import type { EventDataOf, EventDraft } from '../timeline/events.ts';
import type { sessionEvents } from './events.ts';
import type { Session } from './Session.ts';
import type { Conclusion, DeclineReason, SessionState } from './sessionTerms.ts';

type SessionEventType = keyof typeof sessionEvents;
type Caller = Session['caller'];
export type SessionEventDraft = EventDraft<SessionEventType>;

/** What a media node saw: when, by the hub's clock and by its own, both ms since 1970; which node, and where in its account. */
interface Seen {
	nodeId: string;
	at: number;
	nodeAt: number;
	place: NodePlace;
}
export type SessionCommand =
	| ({ type: 'request'; sessionId: string } & EventDataOf<'session.requested'>)
	| { type: 'ring'; nodeId: string; ringUntil: string }
	| { type: 'fail'; errorCode: string }
	| { type: 'answer'; callee: Caller }
	| { type: 'decline'; reason: DeclineReason; note: string }
	| { type: 'cancel'; staffId: string }
	| { type: 'expire' }
	| { type: 'participantJoined'; participantId: string; seen?: Seen | undefined }
	| { type: 'participantLeft'; participantId: string; reason: string; seen?: Seen | undefined }
	| { type: 'remove'; participantId: string; reason: string }
	| { type: 'mediaLost'; reason: string; seen?: Seen | undefined; epoch?: number | undefined }
	| { type: 'mediaRestored'; seen?: Seen | undefined }
	/** `missed`: a page of the call does not reach the node either. */
	| { type: 'move'; nodeId: string; missed: boolean }
	| { type: 'conclude'; conclusion: Conclusion; note: string; duty: Caller['duty'] }
	| { type: 'hangUp'; staffId: string }
	| { type: 'abandon' };

/** A session as the state machine that its events move. */
const machineOfSession = (sessionId: string): string => `session:${sessionId}`;
const moveOf = (sessionId: string, version: number) => ({
	about: { sessionId },
	machine: machineOfSession(sessionId),
	version,
});

/** Who issues a command, and when. */
export interface CommandContext {
	actor: EventActor;
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
		return [{ type: 'session.requested', data, actor: context.actor, ...moveOf(sessionId, 1) }];
	}
	if (!session) throw new AppError('unknownSession');
	const emit = <T extends SessionEventType>(type: T, data: EventDataOf<T>): SessionEventDraft[] => [
		{
			type,
			data,
			actor: context.actor,
			...moveOf(session.id, session.version + 1),
		} as SessionEventDraft,
	];
	const live = (...states: SessionState[]) => {
		if (states.includes(session.state)) return;
		throw new AppError(refusal(session, command.type), {
			params: { state: session.state, outcome: session.outcome ?? '' },
		});
	};
	if ('seen' in command && isOutdated(session, command.seen)) return [];
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
				gapMs: left === undefined ? null : gapSince(left, command.seen, context),
				...seenData(command.seen, context),
			});
		}
		case 'participantLeft':
			if (session.state === 'ended' || !(command.participantId in session.present)) return [];
			return emit('session.left', {
				participantId: command.participantId,
				reason: command.reason,
				...seenData(command.seen, context),
			});
		case 'remove': {
			const { participantId, reason } = command;
			if (session.state === 'ended' || participantId in session.removed) return [];
			if (!participants(session).includes(participantId)) return [];
			return emit('session.removed', { participantId, reason });
		}
		case 'mediaLost':
			if (session.state !== 'active' || session.mediaLostAt !== null) return [];
			// The loss of an earlier run of the node: a later one has told of this room since.
			if (command.epoch !== undefined && session.nodePlace && session.nodePlace.epoch > command.epoch)
				return [];
			return emit('session.mediaLost', { reason: command.reason, ...seenData(command.seen, context) });
		case 'mediaRestored':
			if (session.state !== 'active' || session.mediaLostAt === null) return [];
			return emit('session.mediaRestored', {
				gapMs: gapSince(session.mediaLostAt, command.seen, context),
				...seenData(command.seen, context),
			});
		case 'move': {
			const from = session.nodeId;
			if (from === null || from === command.nodeId || !mayMove(session, command.missed, context)) return [];
			return emit('session.moved', { from, nodeId: command.nodeId });
		}
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

/** What is told late happened when it was seen, though never in the future. */
const seenAt = (seen: Seen | undefined, { now }: CommandContext) => Math.min(seen?.at ?? now, now);

const gapSince = (since: string, seen: Seen | undefined, context: CommandContext) =>
	Math.max(0, seenAt(seen, context) - Date.parse(since));

function seenData(seen: Seen | undefined, context: CommandContext) {
	if (!seen) return {};
	const occurredAt = new Date(seenAt(seen, context)).toISOString();
	return { occurredAt, nodeAt: new Date(seen.nodeAt).toISOString(), nodePlace: seen.place };
}

/**
 * Told by a hub that stood still meanwhile, while another one has put on record what came after it; or by a node where
 * the room does not stand any more.
 */
const isOutdated = ({ nodeId, nodePlace }: Session, seen: Seen | undefined) =>
	seen !== undefined && (seen.nodeId !== nodeId || (!!nodePlace && isEarlier(seen.place, nodePlace)));

/** While it rings nobody has a picture to lose; a call waits for its node for a while. */
/** Whether the room may have another home now (B-10), as far as the session can tell. */
export function mayMove(
	{ state, moveAt }: Pick<Session, 'state' | 'moveAt'>,
	missed: boolean,
	{ now }: Pick<CommandContext, 'now'>,
): boolean {
	if (state === 'ringing') return true;
	const sooner = missed ? LIMITS.homeAwayMs - LIMITS.homeMissedMs : 0;
	return state === 'active' && moveAt !== null && Date.parse(moveAt) - sooner <= now;
}

const participants = (session: Session): string[] =>
	[session.caller, session.callee].flatMap((party) => (party ? [party.participantId] : []));

function refusal(session: Session, command: SessionCommand['type']): ErrorKey {
	if (session.state === 'ended') return 'sessionOver';
	if (session.state === 'active' && command === 'answer') return 'alreadyAnswered';
	return 'notInThisState';
}
