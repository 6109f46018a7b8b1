import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets, type HubSocketData } from '../../hubSockets.ts';
import { pick } from '../../platform/socket/RequestRouter.ts';
import { assertMay } from '../auth/Principal.ts';
import { engage } from '../presence/engagements.ts';
import { admitToCall, isAtPost, isParty } from './callRules.ts';
import { missedHome } from './moveHomes.ts';
import { isHeldElsewhere, sessionsOf } from './mySessions.ts';
import {
	answerSession,
	cancelSession,
	concludeSession,
	declineSession,
	hangUpSession,
	requestSession,
	sessionForParty,
	type SessionOfCase,
} from './sessionCommands.ts';
import type { SessionRecord } from './sessionProjections.ts';
import { showSession } from './sessionViews.ts';
import { followTakeOvers, tellTakeOver } from './takeOver.ts';

/** The session commands of the page. Parse, policy and command are theirs; here the answer is put into words. */
export function sessionSockets(hub: HubContext): void {
	const sockets = hubSockets(hub);
	followTakeOvers(hub);
	const show = async ({ session, ref }: SessionOfCase) => ({ session: await showSession(hub, session, ref) });
	const showWithAdmission = async (who: HubSocketData, { session, ref }: SessionOfCase) => ({
		session: await showSession(hub, session, ref),
		admission: await admitToCall(hub, session, { staffId: who.actor.staffId, displayName: who.displayName }),
	});
	sockets.handle(
		pick(
			hubRequests,
			'session:request',
			'session:answer',
			'session:decline',
			'session:cancel',
			'session:hangUp',
			'session:conclude',
			'session:admit',
			'session:mine',
		),
		{
			'session:request': async (asked, { data }) =>
				showWithAdmission(data, await requestSession(hub, data, asked)),
			'session:answer': async (asked, { data }) =>
				showWithAdmission(data, await answerSession(hub, data, asked)),
			'session:decline': async (asked, { data }) => show(await declineSession(hub, data, asked)),
			'session:cancel': async (asked, { data }) => show(await cancelSession(hub, data, asked)),
			'session:hangUp': async (asked, { data }) => show(await hangUpSession(hub, data, asked)),
			'session:conclude': async (asked, { data }) => show(await concludeSession(hub, data, asked)),
			'session:admit': async ({ sessionId, takeOver }, { data }) => {
				const known = await sessionForParty(hub, data, sessionId);
				const { session } = known;
				const { staffId } = data.actor;
				if (session.state === 'ended') throw new AppError('sessionOver');
				if (isParty(session, staffId)) {
					assertMay(isAtPost(session, data.actor));
					await hold(hub, data, session, takeOver);
				} else if (session.state !== 'ringing' || !may.answerSession(data.actor, session.toCounterId))
					throw new AppError(session.state === 'active' ? 'alreadyAnswered' : 'notARungParty');
				return showWithAdmission(data, { ...known, session: await missedHome(hub, session, sessionId) });
			},
			'session:mine': (_nothing, { data }) => sessionsOf(hub, data),
		},
	);
}

/** The call moves to this page. @throws AppError `inAnotherPage` while another page holds it and is not overruled */
async function hold(
	hub: HubContext,
	who: HubSocketData,
	session: SessionRecord,
	takeOver: boolean,
): Promise<void> {
	const { staffId } = who.actor;
	const elsewhere = await isHeldElsewhere(hub, who, session.id);
	if (elsewhere && !takeOver) throw new AppError('inAnotherPage');
	await engage(hub, {
		staffId,
		sessionId: session.id,
		phase: session.state === 'active' ? 'inCall' : 'ringing',
		pageId: who.pageId,
		signInId: who.signInId,
	});
	if (elsewhere) tellTakeOver(hub, { staffId, sessionId: session.id, pageId: who.pageId });
}
