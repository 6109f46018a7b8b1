import { describe, expect, test } from 'vitest';
import type { ImportRefusal } from '@counter-hub/shared/imports/staffImport.ts';
import type { Role } from '@counter-hub/shared/people/people.ts';
import { judgeLines, type Register } from '@counter-hub/hub-server/features/imports/judgeLines.ts';
import type { Cells } from '@counter-hub/hub-server/features/imports/readSheet.ts';

const person = (id: string, role: Role, city: '310117' | '330100', counterId: string | null) => ({
	id,
	displayName: '陈静',
	role,
	cities: [city],
	counterId,
	version: 3,
});
const REGISTER: Register = {
	cities: ['310117', '320500'],
	counters: [
		{ id: 'sj', name: '松江专窗', cityCode: '310117' },
		{ id: 'sj2', name: '松江 第二专窗', cityCode: '310117' },
		{ id: 'hz', name: '杭州专窗', cityCode: '330100' },
		{ id: 'sj3', name: '服务专窗', cityCode: '310117' },
		{ id: 'sz', name: '服务专窗', cityCode: '320500' },
	],
	people: new Map([
		['310117-0203', person('known', 'clerk', '310117', 'sj')],
		['330100-0203', person('foreign', 'clerk', '330100', 'hz')],
		['310117-0101', person('supervisor', 'supervisor', '310117', null)],
	]),
};
const CELLS: Cells = { name: '310117-0901', displayName: '王小明', role: '专窗人员', counter: '松江专窗' };
const judge = (...cells: Partial<Cells>[]) =>
	judgeLines(
		cells.map((more, index) => ({ line: index + 2, cells: { ...CELLS, ...more } })),
		REGISTER,
	);

describe('S4.1 what will become of a line', () => {
	test('somebody new, in either role and language, whatever the case of the number', () => {
		for (const [cells, role] of [
			[{}, 'clerk'],
			[{ role: 'Clerk', name: ' 310117-A901 ' }, 'clerk'],
			[{ role: '审查人员' }, 'approver'],
			[{ role: 'APPROVER' }, 'approver'],
			[{ role: '窗口人员', counter: '松江  第二专窗' }, 'clerk'],
		] as const) {
			const [line] = judge(cells);
			expect(line?.shown.verdict).toBe('new');
			expect(line?.wanted?.post).toMatchObject({ role, cities: ['310117'] });
		}
	});

	test('somebody known: what would be changed, from what to what', () => {
		const known = { name: '310117-0203', displayName: '陈静' };
		const [same, all] = [
			judge(known)[0],
			judge({ ...known, displayName: '陈婧', role: 'approver', counter: '松江 第二专窗' })[0],
		];
		expect(same).toMatchObject({ shown: { verdict: 'unchanged' }, staffId: 'known', version: 3 });
		expect(all?.shown).toMatchObject({
			verdict: 'changed',
			changes: [
				{ field: 'displayName', from: '陈静', to: '陈婧' },
				{ field: 'role', from: 'clerk', to: 'approver' },
				{ field: 'counter', from: '松江专窗', to: '松江 第二专窗' },
			],
		});
	});

	test.each<[Partial<Cells>, Partial<ImportRefusal>]>([
		[{ name: '' }, { reason: 'missing', field: 'name' }],
		[{ displayName: '' }, { reason: 'missing', field: 'displayName' }],
		[{ role: '' }, { reason: 'missing', field: 'role' }],
		[{ counter: '' }, { reason: 'missing', field: 'counter' }],
		[{ name: 'a b' }, { reason: 'badName' }],
		[{ name: '=1+1' }, { reason: 'badName' }],
		[{ displayName: '长'.repeat(41) }, { reason: 'badDisplayName' }],
		[{ role: '主任' }, { reason: 'unknownRole' }],
		[{ role: '监督人员' }, { reason: 'roleNotImported' }],
		[{ role: 'Administrator' }, { reason: 'roleNotImported' }],
		[{ counter: '南京专窗' }, { reason: 'unknownCounter' }],
		[{ counter: '服务专窗' }, { reason: 'unknownCounter' }],
		[{ counter: '杭州专窗' }, { reason: 'foreignCounter' }],
		[{ name: '330100-0203' }, { reason: 'foreignPerson' }],
		[{ name: '310117-0101' }, { reason: 'otherPost' }],
	])('%j is refused: %j', (cells, refusal) => {
		const [line] = judge(cells);
		expect(line).toMatchObject({ shown: { verdict: 'refused', refusal }, wanted: null });
	});

	test('who stands there twice is taken once; a refused line does not take the place of a good one', () => {
		const lines = judge(
			{ role: '主任' },
			{},
			{ name: '310117-0901', displayName: '又一个' },
			{ name: '310117-0902' },
		);
		expect(lines.map(({ shown }) => shown.verdict)).toEqual(['refused', 'new', 'refused', 'new']);
		expect(lines[2]?.shown).toMatchObject({ refusal: { reason: 'repeated', of: 3 } });
	});
});
