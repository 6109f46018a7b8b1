import { resolve } from 'node:path';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { faultsOf } from '@counter-hub/shared/forms/faults.ts';
import { isTable, type ValueOf } from '@counter-hub/shared/forms/fieldPaths.ts';
import { maskValue } from '@counter-hub/shared/forms/maskValue.ts';
import type { HubContext } from '../../HubContext.ts';
import { pdf } from '../../pdf.ts';
import type { CurrentCase } from '../cases/getCase.ts';
import { openDraft } from './draftValues.ts';
import type { FoundForm } from './getForm.ts';
import { belongsToPerson, type Reader } from './presentDraft.ts';
import { printedSections, type ShownAt } from './printedSections.ts';

const TEMPLATE = resolve(import.meta.dirname, 'form.typ');

interface Printing extends Reader {
	/** The date and time that the print bears; the same values at the same moment give the same bytes. */
	readonly at: Date;
}

/** A filled form as PDF. Whoever may not see personal data in clear gets them masked, and the print says so. */
export async function printForm(
	hub: HubContext,
	{ caseNo }: Pick<CurrentCase, 'caseNo'>,
	form: FoundForm,
	{ inClear, at }: Printing,
): Promise<Buffer> {
	const { definition, draft } = form;
	const valueOf = openDraft(hub, draft);
	const faults = faultsOf(definition, valueOf, shanghaiDate(at.getTime()));
	return pdf(hub).render({
		template: TEMPLATE,
		at,
		data: {
			title: definition.name.zh,
			caseNo,
			edition: `${definition.version}.${draft.revision}`,
			printedAt: shanghaiMinute(at),
			open: faults.size,
			masked: !inClear,
			sections: printedSections(definition, valueOf, shownAt(valueOf, inClear)),
			declaration: definition.declaration,
			signatures: definition.signatures,
		},
	});
}

const shownAt =
	(valueOf: ValueOf, inClear: boolean): ShownAt =>
	(place) => {
		const value = valueOf(place.path);
		const masked = !inClear && !isTable(place.field) && belongsToPerson(place, valueOf);
		return masked && !isTable(place.field) ? maskValue(place.field.kind, value) : value;
	};

/** `2026-11-23 09:42` */
function shanghaiMinute(at: Date): string {
	const there = new Date(at.getTime() + 8 * 3_600_000).toISOString();
	return `${there.slice(0, 10)} ${there.slice(11, 16)}`;
}
