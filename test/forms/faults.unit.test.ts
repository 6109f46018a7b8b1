import { describe, expect, test } from 'vitest';
import { establishment } from '@counter-hub/hub-server/features/forms/definitions/item01Establishment.ts';
import { legalRepresentativeChange } from '@counter-hub/hub-server/features/forms/definitions/item05LegalRepresentative.ts';
import { faultsOf, isMissing } from '@counter-hub/shared/forms/faults.ts';
import { takeValue } from '@counter-hub/shared/forms/fieldKinds.ts';
import { fieldsOf, isTable, placeAt, placesOf } from '@counter-hub/shared/forms/fieldPaths.ts';
import type { FormDefinition, ValueField } from '@counter-hub/shared/forms/formDefinition.ts';
import { maskValue } from '@counter-hub/shared/forms/maskValue.ts';
import { newRowId, takeRows } from '@counter-hub/shared/forms/tableRows.ts';
import { FILLED } from './formFixtures.ts';

const TODAY = '2026-11-23';
const COMPLETE = { ...FILLED, enterpriseName: '杭州澄砚精密仪器有限公司', uscc: '91330100MA0000023P' };

const valuesOf =
	(values: Readonly<Record<string, string>>) =>
	(path: string): string =>
		values[path] ?? '';
const faultsIn = (
	values: Readonly<Record<string, string>>,
	form: FormDefinition = legalRepresentativeChange,
) => Object.fromEntries(faultsOf(form, valuesOf(values), TODAY));

function fieldOf(form: FormDefinition, id: string): ValueField {
	const field = fieldsOf(form).find((one) => one.id === id);
	if (!field || isTable(field)) throw new Error(`${form.formId} has no field ${id}`);
	return field;
}
const take = (id: string, text: string, form = legalRepresentativeChange) =>
	takeValue(fieldOf(form, id), text);

describe('V8 what keeps a form from being handed in', () => {
	test('nothing, when all that is asked for is there and right', () => {
		expect(faultsIn(COMPLETE)).toEqual({});
	});

	test('what is missing, and only what is asked for', () => {
		const faults = faultsOf(legalRepresentativeChange, valuesOf({}), TODAY);
		expect([...faults.values()].every(isMissing)).toBe(true);
		expect([...faults.keys()][0]).toBe('enterpriseName');
		expect(faults.has('articlesAmendedOn')).toBe(false);
		expect(faultsIn({ ...COMPLETE, namedInArticles: 'yes' })).toEqual({
			articlesAmendedOn: { key: 'missing' },
		});
		expect(faultsIn({ ...COMPLETE, paperLicence: 'no', licenceCopies: 'x' })).toEqual({});
	});

	test.each([
		['uscc', '91330100MA0000023Q', { key: 'usccDigit', value: 'P' }],
		['uscc', '91330100', { key: 'uscc' }],
		['certificateNo', '330106199203040013', { key: 'citizenId' }],
		['certificateNo', '330106199202300012', { key: 'citizenIdDate' }],
		['agentMobile', '1380000', { key: 'phone' }],
		['postcode', '31001', { key: 'postcode' }],
		['representativeEmail', 'zhou@', { key: 'email' }],
		['licenceCopies', '0', { key: 'amountLow', value: 1 }],
		['licenceCopies', '99', { key: 'amountHigh', value: 20 }],
		['licenceCopies', '.', { key: 'amount' }],
		['decidedOn', '2026-02-30', { key: 'date' }],
		['decidedOn', '2026-11', { key: 'date' }],
		['decidedOn', '2026-11-24', { key: 'dateFuture' }],
		['agentUntil', '2026-11-22', { key: 'datePast' }],
		['newName', FILLED['formerName'] ?? '', { key: 'same' }],
		['newName', '周', { key: 'short', value: 2 }],
		['barred', 'yes', { key: 'answer' }],
	])('%s “%s”', (path, value, fault) => {
		expect(faultsIn({ ...COMPLETE, [path]: value })).toEqual({ [path]: fault });
	});

	test('a certificate is held against its kind', () => {
		const passport = { ...COMPLETE, certificateType: 'passport', certificateNo: 'E12345678' };
		expect(faultsIn(passport)).toEqual({});
		expect(faultsIn({ ...passport, certificateType: 'citizenId' })).toEqual({
			certificateNo: { key: 'citizenId' },
		});
	});

	test('rows: so many at least, and every cell of each', () => {
		const rowId = newRowId();
		expect(faultsIn({}, establishment)).toMatchObject({
			officers: { key: 'rows', value: 1 },
			shareholders: { key: 'rows', value: 1 },
		});
		const company = {
			shareholders: rowId,
			[`shareholders:${rowId}:certificateType`]: 'businessLicence',
			[`shareholders:${rowId}:certificateNo`]: '91330100MA0000023Q',
			[`shareholders:${rowId}:payableBy`]: '2026-01-01',
		};
		expect(faultsIn(company, establishment)).toMatchObject({
			[`shareholders:${rowId}:name`]: { key: 'missing' },
			[`shareholders:${rowId}:certificateNo`]: { key: 'usccDigit', value: 'P' },
			[`shareholders:${rowId}:payableBy`]: { key: 'datePast' },
		});
	});
});

describe('V8 what can stand in a field at all', () => {
	test.each([
		['uscc', ' 9133 0100-ＭＡ00', '91330100MA00'],
		['agentMobile', '+86 138 0000 1234', '13800001234'],
		['certificateNo', '330106 19920304 001x', '33010619920304001X'],
		['licenceCopies', '１２', '12'],
		['decidedOn', '2026年1月18日', '2026-1-18'],
		['domicile', '  文三路 90 号 ', '文三路 90 号'],
		['newName', '买买提·艾力', '买买提·艾力'],
		['newName', '𠮷某', '𠮷某'],
		['decidedOn', '', ''],
	])('%s takes “%s” as “%s”', (id, text, value) => {
		expect(take(id, text)).toEqual({ value });
	});

	test.each([
		['licenceCopies', 'NaN'],
		['licenceCopies', '1e9'],
		['licenceCopies', '1.5'],
		['licenceCopies', '-1'],
		['decidedOn', 'tomorrow'],
		['decidedBy', 'nobody'],
		['decidedBy', '__proto__'],
		['barred', 'true'],
		['postcode', '31001x'],
		['domicile', 'a\nb'],
		['domicile', 'a\u0000b'],
		['domicile', '长'.repeat(121)],
		['newName', '长'.repeat(41)],
		['representativeEmail', '周@example.com'],
	])('%s does not take “%s”', (id, text) => {
		expect(take(id, text)).toEqual({ refused: 'wrongFieldValue' });
	});

	test('T-11 what everybody may read holds no person’s numbers', () => {
		for (const text of ['138 0000 1234', '经办人 310117190001010012', '幺三八零零零零幺二三四'])
			expect(take('domicile', text), text).toEqual({ refused: 'personalNumber' });
		expect(take('domicile', '文三路 90 号 310012')).toHaveProperty('value');
	});

	test('rows have names of their own, each once, and not more than the table takes', () => {
		const table = fieldsOf(establishment).find(({ id }) => id === 'officers');
		if (!table || !isTable(table)) throw new Error('no table');
		const rows = Array.from({ length: 16 }, () => newRowId());
		expect(takeRows(table, `${rows[0]}  ${rows[1]} `)).toEqual({ value: `${rows[0]} ${rows[1]}` });
		for (const bad of [`${rows[0]} ${rows[0]}`, 'short', 'UPPER123', rows.join(' ')])
			expect(takeRows(table, bad), bad).toEqual({ refused: 'wrongFieldValue' });
	});
});

test('V8 paths name fields and cells of the form, and nothing else', () => {
	const row = newRowId();
	expect(placeAt(establishment, `officers:${row}:office`)).toMatchObject({ field: { id: 'office' } });
	for (const path of [
		'nobody',
		'constructor',
		`officers:${row}:nothing`,
		`scope:${row}:name`,
		`officers:${row}`,
	])
		expect(placeAt(establishment, path), path).toBeUndefined();
	const places = placesOf(establishment, valuesOf({ officers: row }));
	expect(places.filter(({ row: inRow }) => inRow).map(({ path }) => path)).toHaveLength(5);
});

test.each([
	['citizenId', '330106199203040012', '330106********0012'],
	['certificate', 'E12345678', '****'],
	['certificate', '3301061992', '****'],
	['phone', '13800001234', '138****1234'],
	['phone', '1380000', '****'],
	['personName', '周亦航', '周*'],
	['email', 'zhou@example.com', 'z***@example.com'],
	['email', 'zhou', 'z***'],
	['citizenId', '', ''],
] as const)('X3 a reader sees of %s “%s” only “%s”', (kind, value, seen) => {
	expect(maskValue(kind, value)).toBe(seen);
});
