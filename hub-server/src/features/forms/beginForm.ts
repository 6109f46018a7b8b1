import type { FormDefinition } from '@counter-hub/shared/forms/formDefinition.ts';
import type { HubContext } from '../../HubContext.ts';
import type { Principal } from '../auth/Principal.ts';
import { sessionUnderway } from '../cases/caseProjection.ts';
import { caseActorOf, type CurrentCase } from '../cases/getCase.ts';
import { timeline } from '../timeline/timeline.ts';
import { filledFromCase } from './draftValues.ts';
import { formDrafts } from './FormDrafts.ts';
import { formIn, formsProjection } from './formsProjection.ts';

/** The call that an event of the case happens in. */
export function aboutCall(found: CurrentCase): { about?: { sessionId: string } } {
	const sessionId = sessionUnderway(found);
	return sessionId === null ? {} : { about: { sessionId } };
}

/** The timeline first, then the draft: a repeat completes what a crash left. */
export async function beginForm(
	hub: HubContext,
	principal: Pick<Principal, 'actor' | 'windowId'>,
	found: CurrentCase,
	definition: FormDefinition,
): Promise<void> {
	const { formId, version } = definition;
	const name = definition.name.zh;
	const actor = caseActorOf(principal, found);
	await timeline(hub).append({
		subject: found.subject,
		commandId: `form:${formId}:begun:${version}`,
		reads: [formsProjection],
		decide: (view) =>
			(formIn(view.state(formsProjection), formId).version ?? 0) >= version
				? []
				: [{ type: 'form.begun', data: { formId, name, version }, actor, ...aboutCall(found) }],
	});
	await formDrafts(hub).begin(
		{ caseId: found.id, formId, version },
		await filledFromCase(hub, found, definition),
	);
}
