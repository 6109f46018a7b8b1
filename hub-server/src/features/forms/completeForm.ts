import { createHash } from 'node:crypto';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { faultsOf } from '@counter-hub/shared/forms/faults.ts';
import type { FormProgress } from '@counter-hub/shared/forms/forms.ts';
import type { formRequests } from '@counter-hub/shared/forms/requests.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { z } from 'zod';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { caseActorOf, getCase, type CurrentCase } from '../cases/getCase.ts';
import { timeline } from '../timeline/timeline.ts';
import { aboutCall } from './beginForm.ts';
import { openDraft } from './draftValues.ts';
import { formIn, formsProjection } from './formsProjection.ts';
import { getForm } from './getForm.ts';
import { printForm } from './printForm.ts';

type CompleteAsked = z.output<(typeof formRequests)['form:complete']['payload']>;

/** What the timeline says of a form of a case. */
export async function progressOf(
	hub: HubContext,
	found: Pick<CurrentCase, 'id'>,
	formId: string,
): Promise<FormProgress> {
	return formIn(await timeline(hub).state(formsProjection, found.id), formId);
}

/**
 * Declares a form complete as it stands (V8): nothing is missing and nothing wrong. The print is made and its SHA-256
 * put on the timeline; its bytes are not kept, since they hold personal data, and can be made again from the draft.
 * @throws AppError `notAllowed`, `unknownForm`, `formChanged`, `formIncomplete`, `commandReused`
 */
export async function completeForm(
	hub: HubContext,
	principal: Pick<Principal, 'actor' | 'windowId'>,
	{ commandId, caseId, formId, revision }: CompleteAsked,
): Promise<{ sha256: string }> {
	const found = await getCase(hub, caseId);
	assertMay(may.writeForm(principal.actor, found));
	const form = await getForm(hub, found, formId);
	const { completed } = await progressOf(hub, found, formId);
	if (completed?.revision === revision) return { sha256: completed.sha256 };
	if (form.draft.revision !== revision) throw new AppError('formChanged');
	const now = hub.now();
	const faults = faultsOf(form.definition, openDraft(hub, form.draft), shanghaiDate(now));
	if (faults.size > 0) throw new AppError('formIncomplete', { params: { n: faults.size } });
	const at = new Date(now);
	const print = await printForm(hub, found, form, { inClear: true, at });
	const sha256 = createHash('sha256').update(print).digest('hex');
	const { version } = form.definition;
	const name = form.definition.name.zh;
	const data = { formId, name, version, revision, sha256, printedAt: at.toISOString() };
	const actor = caseActorOf(principal, found);
	const { events } = await timeline(hub).append({
		subject: found.subject,
		commandId,
		content: { completes: formId, revision, by: principal.actor.staffId },
		reads: [formsProjection],
		decide: (view) =>
			formIn(view.state(formsProjection), formId).completed?.revision === revision
				? []
				: [{ type: 'form.completed', data, actor, ...aboutCall(found) }],
	});
	if (events.length > 0) return { sha256 };
	return { sha256: (await progressOf(hub, found, formId)).completed?.sha256 ?? sha256 };
}
