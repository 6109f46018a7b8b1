import type { FormDefinition } from '@counter-hub/shared/forms/formDefinition.ts';
import { fieldsOf, isTable, type ValueOf } from '@counter-hub/shared/forms/fieldPaths.ts';
import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { catalogue } from '../catalogue/Catalogue.ts';
import type { CurrentCase } from '../cases/getCase.ts';
import { FieldCipher } from '../persons/fieldCipher.ts';
import { draftId, type FormDraft, type StoredValue } from './FormDraft.model.ts';

export const formCipher = perHub(({ config }) => new FieldCipher(config.personsKey, config.personsHashKey));

/** With what a value is sealed: it cannot be moved to another field, form or case. */
export const sealContext = (caseId: string, formId: string, path: string): string =>
	`formDrafts/${draftId(caseId, formId)}/${path}`;

/** What stands in one field, in clear. */
export function openValue(
	hub: HubContext,
	{ caseId, formId }: Pick<FormDraft, 'caseId' | 'formId'>,
	path: string,
	stored: StoredValue | undefined,
): string {
	if (!stored) return '';
	if ('text' in stored) return stored.text;
	return formCipher(hub).open(stored.sealed, sealContext(caseId, formId, path));
}

/** Everything that stands in a draft, in clear. */
export function openDraft(hub: HubContext, draft: FormDraft): ValueOf {
	const values = new Map(
		Object.entries(draft.fields).map(([path, stored]) => [path, openValue(hub, draft, path, stored)]),
	);
	return (path) => values.get(path) ?? '';
}

/** What the case itself says about fields of a form. */
export async function filledFromCase(
	hub: HubContext,
	{ itemNo, enterpriseName, uscc }: CurrentCase,
	definition: FormDefinition,
): Promise<FormDraft['fields']> {
	const { name } = await catalogue(hub).require(itemNo);
	const known = { enterpriseName, uscc, itemName: name };
	return Object.fromEntries(
		fieldsOf(definition).flatMap((field) =>
			isTable(field) || field.from === undefined
				? []
				: [[field.id, { text: known[field.from], revision: 0 }] as const],
		),
	);
}

/** A draft that nobody has written into yet. */
export async function emptyDraft(
	hub: HubContext,
	found: CurrentCase,
	definition: FormDefinition,
): Promise<FormDraft> {
	const { formId, version } = definition;
	return {
		_id: draftId(found.id, formId),
		caseId: found.id,
		formId,
		version,
		revision: 0,
		fields: await filledFromCase(hub, found, definition),
		writes: [],
		unsaid: {},
	};
}
