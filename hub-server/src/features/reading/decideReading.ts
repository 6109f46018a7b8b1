import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { DecideReadingBody } from '@counter-hub/shared/reading/bodies.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { caseActorOf, getCase } from '../cases/getCase.ts';
import { isParty } from '../sessions/callRules.ts';
import { findSession } from '../sessions/runSessionCommand.ts';
import { stillsProjection } from '../stills/stillsProjection.ts';
import { timeline } from '../timeline/timeline.ts';
import type { TimelineEvent } from '../timeline/types.ts';

/**
 * V13: puts on the timeline what a person made of what was read off a still of the case. Of several decisions on one
 * still the last one counts.
 * @throws AppError `unknownCase`, `notAllowed`, `unknownSession`, `unknownStill`
 */
export async function decideReading(
	hub: HubContext,
	principal: Principal,
	{ caseId, stillId }: { caseId: string; stillId: string },
	{ commandId, sessionId, ...decided }: DecideReadingBody,
): Promise<readonly TimelineEvent[]> {
	const found = await getCase(hub, caseId);
	assertMay(may.decideReading(principal.actor, found));
	if (sessionId !== null) {
		const session = await findSession(hub, sessionId);
		if (session?.caseId !== caseId) throw new AppError('unknownSession');
		assertMay(isParty(session, principal.actor.staffId));
	}
	const actor = caseActorOf(principal, found);
	const { events } = await timeline(hub).append({
		subject: found.subject,
		commandId,
		content: { reading: stillId, sessionId, ...decided, by: principal.actor.staffId },
		reads: [stillsProjection],
		decide: (view) => {
			const still = view.state(stillsProjection)?.stills.find((one) => one.stillId === stillId);
			if (!still) throw new AppError('unknownStill');
			return [
				{
					type: 'reading.decided',
					data: { stillId, materialNo: still.materialNo, ...decided },
					actor,
					...(sessionId !== null && { about: { sessionId } }),
				},
			];
		},
	});
	return events;
}
