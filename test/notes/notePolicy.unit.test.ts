import { expect, test } from 'vitest';
import { notePolicy } from '@counter-hub/shared/notes/policy.ts';
import type { Actor } from '@counter-hub/shared/people/Actor.ts';

const CASE = {
	originCity: '310117',
	permitCity: '330100',
	originCounterId: 'origin',
	permitCounterId: 'permit',
} as const;

test.each<[string, Pick<Actor, 'role' | 'cities' | 'counterId'>, boolean]>([
	['the clerk of the receiving counter', { role: 'clerk', cities: ['310117'], counterId: 'origin' }, true],
	['the approver of the permit counter', { role: 'approver', cities: ['330100'], counterId: 'permit' }, true],
	['a clerk of another counter', { role: 'clerk', cities: ['310117'], counterId: 'other' }, false],
	['a supervisor of the city', { role: 'supervisor', cities: ['330100'], counterId: null }, false],
	['an administrator', { role: 'administrator', cities: ['310117'], counterId: null }, false],
])('X2 who may note on a case: %s', (_who, post, may) => {
	expect(notePolicy.writeNote({ ...post, staffId: 's', mustChangePassword: false }, CASE)).toBe(may);
});
