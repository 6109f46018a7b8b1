import type { ImportField, ImportLine, ImportRefusal } from '@counter-hub/shared/imports/staffImport.ts';
import { role } from '@counter-hub/shared/people/people.ts';
import { roleName } from '#features/shell/roleName.ts';
import { m } from '#paraglide/messages.js';

const FIELDS: Record<ImportField, () => string> = {
	name: m.imports_field_name,
	displayName: m.imports_field_displayName,
	role: m.imports_field_role,
	counter: m.imports_field_counter,
};
export const fieldName = (field: ImportField): string => FIELDS[field]();

/** The headings of a file, in the order in which sheets are written here. */
export const headings = (): string[] => [
	fieldName('name'),
	fieldName('displayName'),
	fieldName('role'),
	fieldName('counter'),
];

const REASONS: Record<ImportRefusal['reason'], (refusal: ImportRefusal) => string> = {
	missing: ({ field }) => m.imports_refused_missing({ field: field ? fieldName(field) : '' }),
	badName: () => m.imports_refused_badName(),
	badDisplayName: () => m.imports_refused_badDisplayName(),
	unknownRole: () =>
		m.imports_refused_unknownRole({ clerk: roleName('clerk'), approver: roleName('approver') }),
	roleNotImported: () => m.imports_refused_roleNotImported(),
	unknownCounter: () => m.imports_refused_unknownCounter(),
	foreignCounter: () => m.imports_refused_foreignCounter(),
	repeated: ({ of }) => m.imports_refused_repeated({ n: of ?? 0 }),
	foreignPerson: () => m.imports_refused_foreignPerson(),
	otherPost: () => m.imports_refused_otherPost(),
	meanwhile: () => m.imports_refused_meanwhile(),
	notAllowed: () => m.imports_refused_notAllowed(),
};
export const refusalWords = (refusal: ImportRefusal): string => REASONS[refusal.reason](refusal);

/** What is said of a line in the preview; nothing where there is nothing to say. */
export function lineWords(line: ImportLine): string {
	if (line.verdict === 'refused') return refusalWords(line.refusal);
	if (line.verdict !== 'changed') return '';
	return line.changes
		.map(({ field, from, to }) =>
			m.imports_change({ field: fieldName(field), from: shown(field, from), to: shown(field, to) }),
		)
		.join('\n');
}

/** A role by its name. */
function shown(field: ImportField, text: string): string {
	const named = role.safeParse(text);
	return field === 'role' && named.success ? roleName(named.data) : text;
}
