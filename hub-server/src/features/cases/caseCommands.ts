import { may } from '@counter-hub/shared/people/permissions.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { principals } from '../auth/services.ts';
import { personStore, type PersonData } from '../persons/PersonStore.ts';
import { timeline } from '../timeline/timeline.ts';
import { caseActorOf, getCase } from './getCase.ts';

/** For how long one reason shows the data again. */
const UNMASK_REPEAT_MS = 60_000;

/**
 * Shows the applicant's data in clear, after the reason stands on the timeline (PIPL; X3). That may have taken long: only
 * who still may is shown them.
 * @throws AppError `notFound` if the person was erased, `commandReused` for the repeat of an old command
 */
export async function unmaskPerson(
	hub: HubContext,
	principal: Principal,
	caseId: string,
	{ commandId, reason }: { commandId: string; reason: string },
): Promise<PersonData & { id: string }> {
	const found = await getCase(hub, caseId);
	assertMay(may.unmask(principal.actor, found));
	const { personId } = found;
	const actor = caseActorOf(principal, found);
	const { events, repeated } = await timeline(hub).append({
		subject: found.subject,
		commandId,
		content: { reason, by: principal.actor.staffId },
		decide: () => [{ type: 'person.unmasked', data: { personId, reason }, actor }],
	});
	// A lost answer may be asked for again; a look on another day is a look of its own.
	const [first] = events;
	if (repeated && first && hub.now() - first.at.getTime() > UNMASK_REPEAT_MS) {
		throw new AppError('commandReused');
	}
	const now = await principals(hub).standing({
		staffId: principal.actor.staffId,
		signInId: principal.signInId,
	});
	assertMay(may.unmask(now.actor, found));
	const person = await personStore(hub).clear(personId);
	if (!person) throw new AppError('notFound');
	return person;
}
