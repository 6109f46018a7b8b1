import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { applySessionEvent, type SessionEvent } from '@counter-hub/shared/sessions/applySessionEvent.ts';
import type { Session } from '@counter-hub/shared/sessions/Session.ts';
import { transition, type SessionCommand } from '@counter-hub/shared/sessions/sessionMachine.ts';
import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { HubContext } from '../../HubContext.ts';
import { caseProjection, sessionUnderway } from '../cases/caseProjection.ts';
import { timeline } from '../timeline/timeline.ts';
import type { TimelineView } from '../timeline/types.ts';
import { conclusions } from './conclusions.ts';
import { sessionsProjection, type SessionRecord } from './sessionProjections.ts';

export interface SessionOrder {
	caseId: string;
	sessionId: string;
	/** A page's command id, or the id of a media node's fact. */
	commandId: string;
	/** What was asked, by which a repeat is told from a reused id. */
	asked: unknown;
	actor: EventActor;
	/** Several commands are carried out together or not at all. */
	commands: readonly SessionCommand[];
	/** Carried out only while the session is at this version: what was concluded from it is outdated later. */
	ifVersion?: number | undefined;
}

/**
 * Decides commands against the session as it is in the database and appends what follows to its case's timeline.
 * Returns the session afterwards. A repeat returns it too and changes nothing; `hasEvents` is true for it as well, because
 * the hub that was asked first may have died before it told anybody.
 * @throws AppError of the machine, such as `alreadyAnswered`; `caseInSession` for a second session of a case
 */
export async function runSessionCommand(
	hub: HubContext,
	order: SessionOrder,
): Promise<{ session: SessionRecord; hasEvents: boolean }> {
	const { caseId, sessionId, commandId, asked, actor, commands, ifVersion } = order;
	const consequences = await consequencesOf(hub, order);
	const { events, after } = await timeline(hub).append({
		subject: subjectOfCase(caseId),
		commandId,
		content: asked,
		reads: [[sessionsProjection, sessionId], caseProjection, ...consequences.reads],
		decide: (view) => {
			const before = view.state(sessionsProjection, sessionId) ?? null;
			if (before !== null && isForeign(before, order)) throw new AppError('commandReused');
			if (ifVersion !== undefined && before?.version !== ifVersion) return [];
			const fold = view.state(caseProjection);
			const other = before === null && fold ? sessionUnderway(fold) : null;
			if (other !== null) throw new AppError('caseInSession', { params: { sessionId: other } });
			const drafts = decideAll(before, commands, actor, view.now);
			// A repeat that changes nothing has no consequences either.
			return before && drafts.length > 0 ? [...drafts, ...consequences.drafts(view, before)] : drafts;
		},
	});
	const session = after?.state(sessionsProjection, sessionId) ?? (await findSession(hub, sessionId));
	if (!session) throw new AppError('unknownSession');
	return { session, hasEvents: events.length > 0 };
}

/** What features add where these commands conclude the session. */
async function consequencesOf(hub: HubContext, { commands, actor, caseId }: SessionOrder) {
	const conclude = commands.find(({ type }) => type === 'conclude');
	if (conclude?.type !== 'conclude') return { reads: [], drafts: () => [] };
	const { conclusion, note } = conclude;
	const { reads, follow } = await conclusions(hub).prepare(caseId);
	return {
		reads,
		drafts: (view: TimelineView, session: Session) => follow({ view, session, conclusion, note, actor }),
	};
}

/** A session's id is chosen by the page that requests it: one that is taken must not open somebody else's session. */
function isForeign(session: SessionRecord, { caseId, actor, commands }: SessionOrder): boolean {
	if (session.caseId !== caseId) return true;
	const requests = commands.some(({ type }) => type === 'request');
	return requests && actor.kind === 'staff' && actor.staffId !== session.caller.staffId;
}

function decideAll(
	before: Session | null,
	commands: readonly SessionCommand[],
	actor: EventActor,
	now: Date,
) {
	let session = before;
	return commands.flatMap((command) => {
		const drafts = transition(session, command, { actor, now: now.getTime() });
		for (const draft of drafts) {
			session = applySessionEvent(session, { ...draft, at: now.toISOString() } as SessionEvent);
		}
		return drafts;
	});
}

/** The session with everything that was acknowledged, even if its document lags behind. */
export function findSession(hub: HubContext, sessionId: string): Promise<SessionRecord | undefined> {
	return timeline(hub).state(sessionsProjection, sessionId);
}
