import type { z } from 'zod';
import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { guideRequests } from '@counter-hub/shared/guides/requests.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { caseActorOf } from '../cases/getCase.ts';
import { sessionForParty } from '../sessions/sessionCommands.ts';
import { sessionsProjection } from '../sessions/sessionProjections.ts';
import { assertTakesPart } from '../sessions/takesPart.ts';
import { timeline } from '../timeline/timeline.ts';
import type { TimelineEvent } from '../timeline/types.ts';
import { guideOf } from './guideOf.ts';

/**
 * Puts a section of a guide before the other side of a call (V9); returns the event, by which the other page learns of
 * it. The same command again writes nothing and returns the same.
 * @throws AppError `unknownSession`, `notAllowed`, `sessionOver`, `notInThisState` while it rings, `unknownItem`,
 * `unknownGuide`, `unknownGuideSection`, `commandReused`
 */
export async function showGuide(
	hub: HubContext,
	principal: Principal,
	{
		commandId,
		sessionId,
		itemNo,
		version,
		section,
	}: z.output<(typeof guideRequests)['guide:show']['payload']>,
): Promise<readonly TimelineEvent[]> {
	const { session, ref } = await sessionForParty(hub, principal, sessionId);
	assertMay(may.showGuide(principal.actor, ref));
	const cityCode = ref.permitCity;
	const { sections } = await guideOf(hub, itemNo, { city: cityCode, version });
	const title = sections.find(({ id }) => id === section)?.title;
	if (title === undefined) throw new AppError('unknownGuideSection');
	const data = { itemNo, cityCode, version, section, title };
	const { events } = await timeline(hub).append({
		subject: subjectOfCase(session.caseId),
		commandId,
		content: { show: data, sessionId, by: principal.actor.staffId },
		reads: [[sessionsProjection, sessionId]],
		decide: (view) => {
			assertTakesPart(view.state(sessionsProjection, sessionId), principal.actor);
			return [{ type: 'guide.shown', data, actor: caseActorOf(principal, ref), about: { sessionId } }];
		},
	});
	return events;
}
