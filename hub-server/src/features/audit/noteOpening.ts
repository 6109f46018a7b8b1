import { auditOfCase } from '@counter-hub/shared/audit/audit.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { HubContext } from '../../HubContext.ts';
import type { Principal } from '../auth/Principal.ts';
import { getCaseRef } from '../cases/caseRef.ts';
import { caseActorOf } from '../cases/getCase.ts';
import { timeline } from '../timeline/timeline.ts';

/**
 * Puts on record, before it is shown, that somebody opens a thing of a case (`kind:id`).
 * @throws AppError `unknownCase`, `queueFull`, `databaseUnavailable`: then it is not shown
 */
export async function noteOpening(
	hub: HubContext,
	principal: Pick<Principal, 'actor' | 'windowId'>,
	caseId: string,
	thing: string,
): Promise<void> {
	const actor = caseActorOf(principal, await getCaseRef(hub, caseId));
	await timeline(hub).append({
		subject: auditOfCase(caseId),
		commandId: newId(hub.now()),
		decide: () => [{ type: 'audit.opened', data: { thing }, actor }],
	});
}
