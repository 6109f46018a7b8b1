import { describe, expect, test } from 'vitest';
import {
	expiringQualifications,
	missingQualifications,
} from '@counter-hub/shared/qualifications/standing.ts';
import type { QualificationKind } from '@counter-hub/shared/qualifications/qualifications.ts';

const TODAY = '2026-11-23';
const record = (
	kind: QualificationKind,
	validUntil: string | null,
	more: { passedOn?: string; struck?: object } = {},
) => ({ kind, passedOn: '2025-12-01', validUntil, struck: null, ...more });

describe('S4.3 what a person lacks on a day', () => {
	const asked = ['induction', 'exam'] as const;

	test.each<[string, ReturnType<typeof record>[], QualificationKind[]]>([
		['nothing on record', [], ['induction', 'exam']],
		['both without end', [record('induction', null), record('exam', null)], []],
		['valid to this very day', [record('induction', null), record('exam', TODAY)], []],
		['ended yesterday', [record('induction', null), record('exam', '2026-11-22')], ['exam']],
		['passed today', [record('induction', null), record('exam', null, { passedOn: TODAY })], []],
		[
			'passed tomorrow',
			[record('induction', null), record('exam', null, { passedOn: '2026-11-24' })],
			['exam'],
		],
		['struck out', [record('induction', null, { struck: {} }), record('exam', null)], ['induction']],
		[
			'one struck out, another one valid',
			[record('induction', null, { struck: {} }), record('induction', null), record('exam', null)],
			[],
		],
		['only what nobody asks for', [record('inService', null)], ['induction', 'exam']],
	])('%s', (_what, records, missing) => {
		expect(missingQualifications(records, asked, TODAY)).toEqual(missing);
	});

	test('where a city asks for nothing nobody lacks anything', () => {
		expect(missingQualifications([], [], TODAY)).toEqual([]);
	});

	test('it depends on the day alone: what counted then counts then', () => {
		const records = [record('exam', '2026-03-31')];
		expect(missingQualifications(records, ['exam'], '2026-03-31')).toEqual([]);
		expect(missingQualifications(records, ['exam'], '2026-04-01')).toEqual(['exam']);
	});
});

describe('S4.3 what runs out within 30 days', () => {
	test.each<[string, ReturnType<typeof record>[], (string | null)[]]>([
		['in 30 days', [record('exam', '2026-12-23')], ['2026-12-23']],
		['in 31 days', [record('exam', '2026-12-24')], []],
		['today', [record('exam', TODAY)], [TODAY]],
		['over already: it is missing and runs out no more', [record('exam', '2026-11-22')], []],
		['without end', [record('exam', null)], []],
		['renewed in time', [record('exam', '2026-12-01'), record('exam', '2027-12-01')], []],
		['renewed without end', [record('exam', null), record('exam', '2026-12-01')], []],
		[
			'two of a kind, both soon: the later one tells',
			[record('exam', '2026-12-01'), record('exam', '2026-12-09')],
			['2026-12-09'],
		],
		[
			'the longer one struck out',
			[record('exam', '2026-12-01'), record('exam', null, { struck: {} })],
			['2026-12-01'],
		],
		[
			'each kind for itself',
			[record('exam', '2026-12-01'), record('inService', '2026-12-05')],
			['2026-12-01', '2026-12-05'],
		],
	])('%s', (_what, records, ends) => {
		expect(expiringQualifications(records, TODAY).map(({ validUntil }) => validUntil)).toEqual(ends);
	});

	test('over the turn of a year and a leap day', () => {
		expect(expiringQualifications([record('exam', '2028-03-01')], '2028-01-31')).toHaveLength(1);
		expect(expiringQualifications([record('exam', '2028-03-02')], '2028-01-31')).toHaveLength(0);
	});
});
