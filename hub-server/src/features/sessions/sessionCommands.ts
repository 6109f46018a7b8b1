import type { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import type { Session } from '@counter-hub/shared/sessions/Session.ts';
import type { SessionCommand } from '@counter-hub/shared/sessions/sessionMachine.ts';
import type { HubContext } from '../../HubContext.ts';
import type { HubSocketData } from '../../hubSockets.ts';
import { assertMay } from '../auth/Principal.ts';
import { getCaseRef, type CaseRef } from '../cases/caseRef.ts';
import { caseActorOf } from '../cases/getCase.ts';
import { participantIdOf } from '../media-nodes/MediaGrants.ts';
import { engageNew, release, type Claim } from '../presence/engagements.ts';
import { requireOnShift } from '../shifts/onShift.ts';
import { placeRoom } from '../rooms/admission.ts';
import { afterChange, letIn } from './afterChange.ts';
import { isAtPost, isParty } from './callRules.ts';
import { engageFree } from './engageFree.ts';
import { isHeldElsewhere } from './mySessions.ts';
import { findSession, runSessionCommand } from './runSessionCommand.ts';
import type { SessionRecord } from './sessionProjections.ts';
import { seenSessions } from './SeenSessions.ts';

type Payload<E extends keyof typeof hubRequests> = z.output<(typeof hubRequests)[E]['payload']>;
/** A session and the case it belongs to. */
export interface SessionOfCase {
	session: SessionRecord;
	ref: CaseRef;
}

/**
 * V1: calls the other counter of the case. The session's id is the command's id, so a retry finds the same session.
 * The room is placed at once, so that the caller gets ready while it rings.
 * @throws AppError `notAllowed`, `alreadyInSession`, `caseInSession`, `noMediaNode`
 */
export async function requestSession(
	hub: HubContext,
	who: HubSocketData,
	asked: Payload<'session:request'>,
): Promise<SessionOfCase> {
	const ref = await getCaseRef(hub, asked.caseId);
	assertMay(may.requestSession(who.actor, ref));
	if (asked.callsBack !== null) await requireMissed(hub, who, asked.caseId, asked.callsBack);
	const sessionId = asked.commandId;
	const caller = partyOf(who, ref, sessionId);
	const { nodeId } = await placeRoom(hub, caller.cityCode);
	const toPermit = caller.duty === 'receiving';
	const ringUntil = new Date(hub.now() + hub.config.ringSeconds * 1000).toISOString();
	await engageFree(hub, { ...holderOf(who), sessionId, phase: 'ringing' });
	const commands: SessionCommand[] = [
		{
			type: 'request',
			sessionId,
			purpose: asked.purpose,
			note: asked.note,
			caller,
			toCounterId: toPermit ? ref.permitCounterId : ref.originCounterId,
			toCity: toPermit ? ref.permitCity : ref.originCity,
			toDuty: toPermit ? 'permit' : 'receiving',
			callsBack: asked.callsBack,
		},
		{ type: 'ring', nodeId, ringUntil },
	];
	const order = { ref, sessionId, commandId: asked.commandId, asked, commands };
	return runEngaged(hub, caller.staffId, sessionId, () => run(hub, who, order));
}

/**
 * V2: joins as the called side.
 * @throws AppError `alreadyAnswered`, `sessionOver`, `notARungParty`, `shiftNotOpen`, `alreadyInSession`, `inAnotherPage`
 */
export async function answerSession(
	hub: HubContext,
	who: HubSocketData,
	asked: Payload<'session:answer'>,
): Promise<SessionOfCase> {
	const { sessionId, commandId } = asked;
	const { ref } = await placeForRung(hub, who, sessionId);
	const callee = partyOf(who, ref, sessionId);
	await requireOnShift(hub, callee.staffId, callee.counterId);
	const claim = { ...holderOf(who), sessionId, phase: 'inCall' as const };
	// Nearly everybody who answers is free: one write, and no question before it.
	if (!(await engageNew(hub, claim))) {
		if (await isHeldElsewhere(hub, who, sessionId)) throw new AppError('inAnotherPage');
		await engageFree(hub, claim);
	}
	const commands: SessionCommand[] = [{ type: 'answer', callee }];
	const order = { ref, sessionId, commandId, asked, commands };
	return runEngaged(hub, callee.staffId, sessionId, async () => {
		const known = await run(hub, who, order);
		letIn(hub, known.session, { staffId: callee.staffId, displayName: who.displayName });
		return known;
	});
}

/** V2: refuses the call for the counter, with a reason. */
export async function declineSession(
	hub: HubContext,
	who: HubSocketData,
	asked: Payload<'session:decline'>,
): Promise<SessionOfCase> {
	const { ref } = await placeForRung(hub, who, asked.sessionId);
	const { reason, note } = asked;
	return run(hub, who, {
		ref,
		sessionId: asked.sessionId,
		commandId: asked.commandId,
		asked,
		commands: [{ type: 'decline', reason, note }],
	});
}

/** V3: the caller gives up while it rings. */
export async function cancelSession(
	hub: HubContext,
	who: HubSocketData,
	asked: Payload<'session:cancel'>,
): Promise<SessionOfCase> {
	const { session, ref } = await sessionForParty(hub, who, asked.sessionId);
	const { staffId } = who.actor;
	return run(hub, who, {
		ref,
		sessionId: session.id,
		commandId: asked.commandId,
		asked,
		commands: [{ type: 'cancel', staffId }],
	});
}

/** V3: ends the session for both; unconcluded, unless the permit side has concluded. */
export async function hangUpSession(
	hub: HubContext,
	who: HubSocketData,
	asked: Payload<'session:hangUp'>,
): Promise<SessionOfCase> {
	const { session, ref } = await sessionForParty(hub, who, asked.sessionId);
	const { staffId } = who.actor;
	assertMay(isAtPost(session, who.actor));
	return run(hub, who, {
		ref,
		sessionId: session.id,
		commandId: asked.commandId,
		asked,
		commands: [{ type: 'hangUp', staffId }],
	});
}

/** V10: the permit side's conclusion ends the session. */
export async function concludeSession(
	hub: HubContext,
	who: HubSocketData,
	asked: Payload<'session:conclude'>,
): Promise<SessionOfCase> {
	const { session, ref } = await sessionForParty(hub, who, asked.sessionId);
	assertMay(may.concludeSession(who.actor, ref.permitCounterId) && isAtPost(session, who.actor));
	const { conclusion, note } = asked;
	const commands: SessionCommand[] = [{ type: 'conclude', conclusion, note, duty: 'permit' }];
	return run(hub, who, { ref, sessionId: session.id, commandId: asked.commandId, asked, commands });
}

/** A session that this person may know of: one of the person's own counter. @throws AppError `unknownSession` */
export async function sessionForParty(
	hub: HubContext,
	who: Pick<HubSocketData, 'actor'>,
	sessionId: string,
): Promise<SessionOfCase> {
	const session = await findSession(hub, sessionId);
	if (!session) throw new AppError('unknownSession');
	const ref = await getCaseRef(hub, session.caseId);
	if (!may.readSession(who.actor, ref)) throw new AppError('unknownSession');
	return { session, ref };
}

/** Where a session that rings for this person belongs. @throws AppError `unknownSession`, `notARungParty` */
async function placeForRung(
	hub: HubContext,
	{ actor }: HubSocketData,
	sessionId: string,
): Promise<{ ref: CaseRef }> {
	const place = await seenSessions(hub).placeOf(sessionId);
	if (!place) throw new AppError('unknownSession');
	const ref = await getCaseRef(hub, place.caseId);
	if (!may.readSession(actor, ref)) throw new AppError('unknownSession');
	if (!may.answerSession(actor, place.toCounterId)) throw new AppError('notARungParty');
	return { ref };
}

/**
 * Nobody stays busy with a session that was refused, or that had ended when the same command came again; whoever is in
 * it stays so, whatever became of this command. Where that is unknown, the sweep looks again.
 */
async function runEngaged(
	hub: HubContext,
	staffId: string,
	sessionId: string,
	work: () => Promise<SessionOfCase>,
): Promise<SessionOfCase> {
	try {
		const known = await work();
		if (known.session.state === 'ended') await release(hub, sessionId, staffId);
		return known;
	} catch (error) {
		if (error instanceof AppError && (error.status < 500 || error.key === 'queueFull')) {
			const session = await findSession(hub, sessionId);
			if (!session || session.state === 'ended' || !isParty(session, staffId))
				await release(hub, sessionId, staffId);
		}
		throw error;
	}
}

/** One calls back only what one's own counter missed, about the same case. @throws AppError `unknownSession` */
async function requireMissed(
	hub: HubContext,
	{ actor }: HubSocketData,
	caseId: string,
	sessionId: string,
): Promise<void> {
	const missed = await findSession(hub, sessionId);
	const isOwn = missed?.caseId === caseId && missed.toCounterId === actor.counterId;
	if (!isOwn || missed.outcome !== 'missed') throw new AppError('unknownSession');
}

interface Run {
	ref: CaseRef;
	sessionId: string;
	commandId: string;
	asked: unknown;
	commands: readonly SessionCommand[];
}

async function run(hub: HubContext, who: HubSocketData, { ref, ...order }: Run): Promise<SessionOfCase> {
	const actor = caseActorOf(who, ref);
	// The same words of somebody else are another command, not a repeat.
	const asked = { by: who.actor.staffId, asked: order.asked };
	const { session, hasEvents } = await runSessionCommand(hub, { caseId: ref.caseId, actor, ...order, asked });
	if (hasEvents) afterChange(hub, session);
	return { session, ref };
}

/** Who becomes busy, and in which page and sign-in. */
const holderOf = ({ actor, pageId, signInId }: HubSocketData): Omit<Claim, 'sessionId' | 'phase'> => ({
	staffId: actor.staffId,
	pageId,
	signInId,
});

function partyOf({ actor, windowId }: HubSocketData, ref: CaseRef, sessionId: string): Session['caller'] {
	const atOrigin = actor.counterId === ref.originCounterId;
	return {
		participantId: participantIdOf(sessionId, actor.staffId),
		staffId: actor.staffId,
		counterId: atOrigin ? ref.originCounterId : ref.permitCounterId,
		cityCode: atOrigin ? ref.originCity : ref.permitCity,
		duty: atOrigin ? 'receiving' : 'permit',
		windowId,
	};
}
