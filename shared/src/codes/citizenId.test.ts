import { describe, expect, test } from 'vitest';
import { checkCitizenId, completeCitizenId } from './citizenId.ts';

const TODAY = '2026-11-23';

describe('citizen ID (GB 11643-1999)', () => {
	test.each(['310117190001010012', '31011719000101008X', '31011719000101008x'])('%s is valid', (number) => {
		expect(checkCitizenId(number, TODAY)).toEqual({ valid: true });
	});

	test.each([
		['310117190001010013', 'checkDigit'],
		['330400190002290012', 'date'], // 1900 was no leap year
		['310117900101001', 'form'], // 15 digits
		['31011719000101001', 'form'],
		['3101171900010100A2', 'form'],
		['X10117190001010012', 'form'],
		['', 'form'],
	])('%s is refused: %s', (number, reason) => {
		expect(checkCitizenId(number, TODAY)).toMatchObject({ valid: false, reason });
	});

	test('a date of birth after today is refused, today itself is not', () => {
		expect(checkCitizenId(completeCitizenId('31011720261124001'), TODAY)).toMatchObject({ reason: 'date' });
		expect(checkCitizenId(completeCitizenId('31011720261123001'), TODAY)).toEqual({ valid: true });
	});

	test('the region prefix is not checked against today’s list', () => {
		expect(checkCitizenId(completeCitizenId('99999919900101001'), TODAY)).toEqual({ valid: true });
	});
});
