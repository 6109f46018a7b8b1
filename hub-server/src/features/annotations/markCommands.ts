import type { z } from 'zod';
import type { MarkSubject } from '@counter-hub/shared/annotations/marks.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { About } from '@counter-hub/shared/timeline/events.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { assertMaterial } from '../cases/assertMaterial.ts';
import { caseActorOf, getCase, type CurrentCase } from '../cases/getCase.ts';
import { assertInSession } from '../sessions/assertInSession.ts';
import type { SessionRecord } from '../sessions/sessionProjections.ts';
import { stillsProjection } from '../stills/stillsProjection.ts';
import { timeline } from '../timeline/timeline.ts';
import type { TimelineView } from '../timeline/types.ts';
import { assertRoom, marksIn, strokesAfter } from './marksOfCase.ts';
import { marksProjection } from './marksProjection.ts';

type Payload<E extends keyof typeof hubRequests> = z.output<(typeof hubRequests)[E]['payload']>;
type Who = Pick<Principal, 'actor' | 'windowId'>;

/**
 * V6: puts a mark on a live picture or a still. Its id is the command's. What was drawn in a call and comes after its end
 * still counts.
 * @throws AppError `unknownCase`, `notAllowed`, `unknownSession`, `sessionOver`, `foreignPicture`, `unknownMaterial`,
 * `unknownStill`, `tooManyMarks`
 */
export async function drawMark(
	hub: HubContext,
	who: Who,
	{ commandId, caseId, sessionId, on, drawing }: Payload<'mark:draw'>,
): Promise<void> {
	const { found, session, actor, about } = await atWork(hub, who, caseId, sessionId);
	if (on.kind === 'live') assertPictureOf(session, on);
	if (on.kind === 'live' && on.materialNo !== null) await assertMaterial(hub, found.itemNo, on.materialNo);
	await timeline(hub).append({
		subject: found.subject,
		commandId,
		content: { draw: { sessionId, on, drawing }, by: who.actor.staffId },
		reads: [marksProjection, stillsProjection],
		decide: (view) => {
			if (on.kind === 'still') assertStill(view, on.stillId);
			const before = marksIn(view);
			assertRoom(before, on, drawing);
			const event = { type: 'mark.drawn' as const, actor, ...about };
			const data = { markId: commandId, on, drawing, strokes: null };
			return [{ ...event, data: { ...data, strokes: strokesAfter(view, before, { ...event, data }) } }];
		},
	});
}

/**
 * V6: takes a mark away again; what it was stays on the timeline.
 * @throws AppError `unknownCase`, `notAllowed`, `unknownSession`, `sessionOver`, `unknownMark`, `foreignMark`
 */
export async function eraseMark(
	hub: HubContext,
	who: Who,
	{ commandId, caseId, sessionId, markId }: Payload<'mark:erase'>,
): Promise<void> {
	const { found, actor, about } = await atWork(hub, who, caseId, sessionId);
	await timeline(hub).append({
		subject: found.subject,
		commandId,
		content: { erase: { sessionId, markId }, by: who.actor.staffId },
		reads: [marksProjection],
		decide: (view) => {
			const before = marksIn(view);
			const mark = before.marks.find((one) => one.markId === markId);
			if (!mark) throw new AppError('unknownMark');
			if (!may.eraseMark(who.actor, found, mark)) throw new AppError('foreignMark');
			const event = { type: 'mark.erased' as const, actor, ...about };
			const data = { markId, strokes: null };
			return [{ ...event, data: { ...data, strokes: strokesAfter(view, before, { ...event, data }) } }];
		},
	});
}

interface AtWork {
	readonly found: CurrentCase;
	/** The call in which it happens. */
	readonly session: SessionRecord | null;
	readonly actor: EventActor;
	readonly about: { readonly about?: About };
}

/** Who marks works on the case, and is in the call that is named. */
async function atWork(hub: HubContext, who: Who, caseId: string, sessionId: string | null): Promise<AtWork> {
	const found = await getCase(hub, caseId);
	assertMay(may.drawMark(who.actor, found));
	const actor = caseActorOf(who, found);
	if (sessionId === null) return { found, session: null, actor, about: {} };
	const session = await assertInSession(hub, sessionId, caseId, [who.actor.staffId]);
	return { found, session, actor, about: { about: { sessionId } } };
}

/** A live picture is one of the two sides' of a call. @throws AppError `unknownSession`, `foreignPicture` */
function assertPictureOf(
	session: SessionRecord | null,
	{ participantId }: Extract<MarkSubject, { kind: 'live' }>,
): void {
	if (!session) throw new AppError('unknownSession');
	if (![session.caller, session.callee].some((side) => side?.participantId === participantId))
		throw new AppError('foreignPicture');
}

/** @throws AppError `unknownStill` */
function assertStill(view: TimelineView, stillId: string): void {
	const stills = view.state(stillsProjection)?.stills ?? [];
	if (!stills.some((one) => one.stillId === stillId)) throw new AppError('unknownStill');
}
