import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { isPersonal } from '@counter-hub/shared/forms/fieldKinds.ts';
import {
	holds,
	isTable,
	placeAt,
	siblingPath,
	type Place,
	type ValueOf,
} from '@counter-hub/shared/forms/fieldPaths.ts';
import { faultsOf } from '@counter-hub/shared/forms/faults.ts';
import type { DraftView, FieldView } from '@counter-hub/shared/forms/forms.ts';
import { maskValue } from '@counter-hub/shared/forms/maskValue.ts';
import type { HubContext } from '../../HubContext.ts';
import { openDraft } from './draftValues.ts';
import type { FoundForm } from './getForm.ts';

export interface Reader {
	/** Sees what belongs to persons as it is. */
	readonly inClear: boolean;
}

/** A form as it is filled in, as one reader sees it: whole, or what was written after a revision. */
export function presentDraft(
	hub: HubContext,
	{ definition, draft }: FoundForm,
	{ inClear }: Reader,
	after = -1,
): DraftView {
	const valueOf = openDraft(hub, draft);
	const faults = faultsOf(definition, valueOf, shanghaiDate(hub.now()));
	const revisionAt = revisionsOf(draft);
	const fields: Record<string, FieldView> = {};
	for (const path of Object.keys(draft.fields)) {
		// What an earlier edition asked for is kept and not shown.
		const place = placeAt(definition, path);
		if (!place || shownRevision(place, revisionAt) <= after) continue;
		fields[path] = { ...shown(place, valueOf, inClear), revision: revisionAt(path) };
	}
	return { formId: draft.formId, revision: draft.revision, fields, faults: Object.fromEntries(faults) };
}

/** Whether there is anything in it that belongs to a person. */
export const holdsPersonalData = ({ definition, draft }: FoundForm, after = -1): boolean =>
	Object.entries(draft.fields).some(([path, stored]) => {
		const place = placeAt(definition, path);
		return 'sealed' in stored && place !== undefined && shownRevision(place, revisionsOf(draft)) > after;
	});

function shown(place: Place, valueOf: ValueOf, inClear: boolean): Omit<FieldView, 'revision'> {
	const value = valueOf(place.path);
	if (inClear || value === '' || !belongsToPerson(place, valueOf)) return { value, masked: false };
	return { value: isTable(place.field) ? value : maskValue(place.field.kind, value), masked: true };
}

/** Whether what stands there belongs to a natural person, by its kind and by what stands beside it. */
export function belongsToPerson(place: Place, valueOf: ValueOf): boolean {
	const { field } = place;
	if (isTable(field) || !isPersonal(field.kind)) return false;
	return field.openWhen === undefined || !holds(place, field.openWhen, valueOf);
}

const revisionsOf =
	({ fields }: FoundForm['draft']) =>
	(path: string): number =>
		fields[path]?.revision ?? 0;

/** When what a reader sees there changed last: with the field, or with the one by which it is masked. */
function shownRevision(place: Place, revisionAt: (path: string) => number): number {
	const { field, path } = place;
	const beside = isTable(field) ? undefined : field.openWhen?.field;
	const own = revisionAt(path);
	return beside === undefined ? own : Math.max(own, revisionAt(siblingPath(place, beside)));
}
