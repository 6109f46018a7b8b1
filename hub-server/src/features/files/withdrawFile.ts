import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { WithdrawFileBody } from '@counter-hub/shared/files/files.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { caseActorOf, getCase } from '../cases/getCase.ts';
import { timeline } from '../timeline/timeline.ts';
import type { TimelineEvent } from '../timeline/types.ts';
import { filesProjection } from './filesProjection.ts';

/**
 * Takes a file back: marked for everybody, and from then on given to supervisors alone. Nothing is deleted.
 * @throws AppError `unknownCase`, `unknownFile`, `notAllowed` for the other side, `fileWithdrawn`, `commandReused`
 */
export async function withdrawFile(
	hub: HubContext,
	principal: Principal,
	{ caseId, fileId }: { caseId: string; fileId: string },
	{ commandId, reason }: WithdrawFileBody,
): Promise<readonly TimelineEvent[]> {
	const found = await getCase(hub, caseId);
	assertMay(may.shareFile(principal.actor, found));
	const actor = caseActorOf(principal, found);
	const { events } = await timeline(hub).append({
		subject: found.subject,
		commandId,
		content: { withdraw: fileId, reason, by: principal.actor.staffId },
		reads: [filesProjection],
		decide: (view) => {
			const file = view.state(filesProjection)?.files.find((one) => one.fileId === fileId);
			if (!file) throw new AppError('unknownFile');
			assertMay(may.withdrawFile(principal.actor, found, file));
			if (file.withdrawn) throw new AppError('fileWithdrawn');
			// Where it was shared in a call, it stays with what happened in that.
			const about = file.sessionId === null ? {} : { sessionId: file.sessionId };
			return [{ type: 'file.withdrawn', data: { fileId, reason }, actor, about }];
		},
	});
	return events;
}
