import { describe, expect, it } from 'vitest';
import { filtersOf, isFiltered, queryOf, searchOf } from '../../web/src/features/cases/caseFilters.ts';
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
