import type { NoteBody } from '@counter-hub/shared/notes/notes.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { caseActorOf, getCase } from '../cases/getCase.ts';
import { timeline } from '../timeline/timeline.ts';
import type { TimelineEvent } from '../timeline/types.ts';

/**
 * Puts a note on the case's timeline; returns its event. The same command again writes nothing and returns the same.
 * @throws AppError `unknownCase`, `notAllowed`, or `commandReused` if the id was used for another text
 */
export async function writeNote(
	hub: HubContext,
	principal: Principal,
	caseId: string,
	{ commandId, text }: NoteBody,
): Promise<readonly TimelineEvent[]> {
	const found = await getCase(hub, caseId);
	assertMay(may.writeNote(principal.actor, found));
	const actor = caseActorOf(principal, found);
	const { events } = await timeline(hub).append({
		subject: found.subject,
		commandId,
		content: { note: text, by: principal.actor.staffId },
		decide: () => [{ type: 'case.noted', data: { text }, actor }],
	});
	return events;
}
