import { expect, test } from 'vitest';
import { filePolicy } from '@counter-hub/shared/files/policy.ts';
import type { Actor } from '@counter-hub/shared/people/Actor.ts';

const CASE = {
	originCity: '310117',
	permitCity: '330100',
	originCounterId: 'origin',
	permitCounterId: 'permit',
} as const;
const BY_ORIGIN = {
	sharedBy: { staffId: 's', name: null, counterId: 'origin', cityCode: '310117' },
} as const;
const TAKEN_BACK = { withdrawn: { reason: '发错了', at: '2026-11-23T01:48:00.000Z' } };

test.each<[string, Pick<Actor, 'role' | 'cities' | 'counterId'>, boolean, boolean, boolean, boolean]>([
	[
		'the clerk who shared it',
		{ role: 'clerk', cities: ['310117'], counterId: 'origin' },
		true,
		true,
		true,
		false,
	],
	['the other side', { role: 'approver', cities: ['330100'], counterId: 'permit' }, true, false, true, false],
	['another counter', { role: 'clerk', cities: ['310117'], counterId: 'other' }, false, false, false, false],
	['a supervisor', { role: 'supervisor', cities: ['330100'], counterId: null }, false, false, true, true],
	[
		'an administrator',
		{ role: 'administrator', cities: ['310117'], counterId: null },
		false,
		false,
		false,
		false,
	],
])(
	'X2 %s: share, withdraw, open, open what was withdrawn',
	(_who, post, share, withdraw, open, openTaken) => {
		const actor = { ...post, staffId: 's', mustChangePassword: false };
		expect([
			filePolicy.shareFile(actor, CASE),
			filePolicy.withdrawFile(actor, CASE, BY_ORIGIN),
			filePolicy.openFile(actor, CASE, { withdrawn: null }),
			filePolicy.openFile(actor, CASE, TAKEN_BACK),
		]).toEqual([share, withdraw, open, openTaken]);
	},
);
