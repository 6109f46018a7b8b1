import { describe, expect, test } from 'vitest';
import { ANNEX_A } from '@counter-hub/hub-server/features/catalogue/annexA.ts';
import { formsOf } from '@counter-hub/hub-server/features/forms/definitions/formsOfItem.ts';
import { fieldsOf, isTable } from '@counter-hub/shared/forms/fieldPaths.ts';
import {
	formDefinition,
	type FormDefinition,
	type ValueField,
} from '@counter-hub/shared/forms/formDefinition.ts';

const forms = ANNEX_A.flatMap((item) => formsOf(item));

/** Fields that stand side by side: those of the form, and the columns of each table. */
function groupsOf(form: FormDefinition): ValueField[][] {
	const fields = fieldsOf(form);
	return [
		fields.flatMap((field) => (isTable(field) ? [] : [field])),
		...fields.flatMap((field) => (isTable(field) ? [field.columns] : [])),
	];
}
const named = ({ when, openWhen, typeField, rules = {} }: ValueField) =>
	[when?.field, openWhen?.field, typeField, rules.differsFrom, rules.notBefore].flatMap((one) => one ?? []);

describe('V8 forms are data', () => {
	test('every item that is filed at a counter has a form, and no two are called the same', () => {
		for (const item of ANNEX_A) expect(formsOf(item).length, item.name).toBe(item.guidanceOnly ? 0 : 1);
		expect(new Set(forms.map(({ formId }) => formId)).size).toBe(forms.length);
	});

	test.each(forms.map((form) => [form.formId, form] as const))('%s holds', (_id, form) => {
		expect(formDefinition.parse(form)).toEqual(form);
		const ids = fieldsOf(form).map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const group of groupsOf(form)) {
			const known = new Map(group.map((field) => [field.id, field]));
			expect(known.size).toBe(group.length);
			for (const field of group) {
				for (const other of named(field)) expect([...known.keys()], field.id).toContain(other);
				for (const { field: other, is } of [field.when, field.openWhen].flatMap((one) => one ?? [])) {
					const options = known.get(other)?.options?.map(({ value }) => value) ?? ['yes', 'no'];
					for (const value of is) expect(options, `${field.id} by ${other}`).toContain(value);
				}
				expect(field.kind === 'choice', field.id).toBe(field.options !== undefined);
				const words = [
					field.label,
					field.help,
					field.unit,
					...(field.options ?? []).map(({ label }) => label),
				];
				for (const { zh, en } of words.flatMap((one) => one ?? [])) {
					expect(zh).toMatch(/\p{Script=Han}/u);
					expect(en).toMatch(/^[\x20-\x7e]+$/);
				}
			}
		}
	});
});
