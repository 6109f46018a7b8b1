import { expect, test } from 'vitest';
import { lacksOf } from '@counter-hub/shared/fitness/lacksOf.ts';

const exam = { kind: 'exam', passedOn: '2026-01-12', validUntil: '2026-12-31', struck: null } as const;

test('S4.3 training, exams and the undertaking together', () => {
	const asked = { required: ['induction', 'exam'], version: 2 } as const;
	expect(lacksOf({ records: [exam], signed: [1] }, asked, '2026-11-23')).toEqual([
		{ kind: 'qualification', qualification: 'induction' },
		{ kind: 'undertaking', version: 2 },
	]);
	const induction = { ...exam, kind: 'induction', validUntil: null } as const;
	expect(lacksOf({ records: [exam, induction], signed: [1, 2] }, asked, '2026-11-23')).toEqual([]);
	expect(lacksOf({ records: [exam, induction], signed: [2] }, asked, '2027-01-01')).toEqual([
		{ kind: 'qualification', qualification: 'exam' },
	]);
});

test('S4.3 where nothing is asked nothing is lacking', () => {
	expect(lacksOf({ records: [], signed: [] }, { required: [], version: null }, '2026-11-23')).toEqual([]);
});
