import type { FormDefinition } from '@counter-hub/shared/forms/formDefinition.ts';
import type { HubContext } from '../../HubContext.ts';
import type { CurrentCase } from '../cases/getCase.ts';
import { requireForm } from './definitions/formsOfItem.ts';
import { emptyDraft } from './draftValues.ts';
import type { FormDraft } from './FormDraft.model.ts';
import { formDrafts } from './FormDrafts.ts';

export interface FoundForm {
	readonly definition: FormDefinition;
	/** As it stands in the database, or as it would be begun. */
	readonly draft: FormDraft;
}

/** A form of a case. @throws AppError `unknownForm` */
export async function getForm(hub: HubContext, found: CurrentCase, formId: string): Promise<FoundForm> {
	const definition = await requireForm(hub, found.itemNo, formId);
	const draft = await formDrafts(hub).find(found.id, formId);
	return { definition, draft: draft ?? (await emptyDraft(hub, found, definition)) };
}
