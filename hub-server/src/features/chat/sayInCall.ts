import type { z } from 'zod';
import type { chatRequests } from '@counter-hub/shared/chat/requests.ts';
import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { caseActorOf } from '../cases/getCase.ts';
import { sessionForParty } from '../sessions/sessionCommands.ts';
import { sessionsProjection } from '../sessions/sessionProjections.ts';
import { assertTakesPart } from '../sessions/takesPart.ts';
import { timeline } from '../timeline/timeline.ts';
import type { TimelineEvent } from '../timeline/types.ts';

/**
 * Puts what somebody writes in a call on its case's timeline (V9); returns its event. The same command again writes
 * nothing and returns the same, also after the call.
 * @throws AppError `unknownSession`, `notAllowed`, `sessionOver`, `notInThisState` while it rings, `commandReused`
 */
export async function sayInCall(
	hub: HubContext,
	principal: Principal,
	{ commandId, sessionId, text }: z.output<(typeof chatRequests)['chat:say']['payload']>,
): Promise<readonly TimelineEvent[]> {
	const { session, ref } = await sessionForParty(hub, principal, sessionId);
	assertMay(may.chat(principal.actor, ref));
	const { events } = await timeline(hub).append({
		subject: subjectOfCase(session.caseId),
		commandId,
		content: { say: text, sessionId, by: principal.actor.staffId },
		reads: [[sessionsProjection, sessionId]],
		decide: (view) => {
			assertTakesPart(view.state(sessionsProjection, sessionId), principal.actor);
			return [
				{ type: 'chat.said', data: { text }, actor: caseActorOf(principal, ref), about: { sessionId } },
			];
		},
	});
	return events;
}
