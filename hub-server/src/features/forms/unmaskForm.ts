import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { DraftView } from '@counter-hub/shared/forms/forms.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { principals } from '../auth/services.ts';
import { caseActorOf, getCase } from '../cases/getCase.ts';
import { timeline } from '../timeline/timeline.ts';
import { getForm } from './getForm.ts';
import { presentDraft } from './presentDraft.ts';

/** For how long one reason shows the form again. */
const REPEAT_MS = 60_000;

/**
 * Shows a form in clear to somebody who reads it masked, after the reason stands on the timeline (PIPL; X3), and only to
 * who still may then.
 * @throws AppError `notAllowed`, `unknownForm`, `commandReused` for the repeat of an old command
 */
export async function unmaskForm(
	hub: HubContext,
	principal: Principal,
	place: { caseId: string; formId: string },
	{ commandId, reason }: { commandId: string; reason: string },
): Promise<DraftView> {
	const { formId } = place;
	const found = await getCase(hub, place.caseId);
	const { staffId } = principal.actor;
	assertMay(may.unmaskForm(principal.actor, found));
	const { definition } = await getForm(hub, found, formId);
	const actor = caseActorOf(principal, found);
	const { events, repeated } = await timeline(hub).append({
		subject: found.subject,
		commandId,
		content: { unmasks: formId, reason, by: staffId },
		decide: () => [{ type: 'form.unmasked', data: { formId, name: definition.name.zh, reason }, actor }],
	});
	const [first] = events;
	if (repeated && first && hub.now() - first.at.getTime() > REPEAT_MS) throw new AppError('commandReused');
	const now = await principals(hub).standing({ staffId, signInId: principal.signInId });
	assertMay(may.unmaskForm(now.actor, found));
	return presentDraft(hub, await getForm(hub, found, formId), { inClear: true });
}
