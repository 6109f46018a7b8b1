import { describe, expect, it } from 'vitest';
import {
	filtersOf,
	isFiltered,
	isPersonalNumber,
	queryOf,
	searchOf,
} from '../../web/src/features/cases/caseFilters.ts';
import { materialName } from '../../web/src/features/cases/materialName.ts';

describe('filters of the list of cases stand in the address', () => {
	it('come back from the address as they went in', () => {
		const filters = filtersOf(
			new URLSearchParams('q=%E6%BE%84%E7%A0%9A&state=passed&item=5&city=330100&scope=mine'),
		);
		expect(filters).toEqual({ text: '澄砚', state: 'passed', itemNo: '5', city: '330100', scope: 'mine' });
		expect(filtersOf(new URLSearchParams(searchOf(filters)))).toEqual(filters);
		expect(queryOf(filters)).toEqual({
			text: '澄砚',
			state: 'passed',
			itemNo: 5,
			city: '330100',
			scope: 'mine',
		});
	});

	it('X3 know the numbers of a person, which never stand in an address', () => {
		for (const text of [
			'310117190001010012',
			'31011719000101008x',
			'13800000000',
			'138 0000 0000',
			'021-37736000',
		])
			expect(isPersonalNumber(text), text).toBe(true);
		for (const text of ['澄砚', '91330100MA0000023P', 'SJ-261123-0042', '5', '法定代表人'])
			expect(isPersonalNumber(text), text).toBe(false);
	});

	it('ignore what is not a filter', () => {
		const filters = filtersOf(new URLSearchParams('state=nonsense&item=0x5&city=999999&scope=all&$where=1'));
		expect(isFiltered(filters)).toBe(false);
		expect(searchOf(filters)).toBe('');
		expect(queryOf(filters)).toEqual({});
	});
});

describe('a material with a remark in brackets', () => {
	it('is shown as a name and a remark', () => {
		expect(materialName('变更申请书(新法定代表人签署)')).toEqual({
			name: '变更申请书',
			remark: '新法定代表人签署',
		});
		expect(materialName('营业执照正副本')).toEqual({ name: '营业执照正副本', remark: undefined });
	});
});
