import { describe, expect, test } from 'vitest';
import { may } from './permissions.ts';
import type { Actor } from './Actor.ts';
import type { Role } from './people.ts';

const [origin, permit, other] = ['counter-origin', 'counter-permit', 'counter-other'];
const CASE = {
	originCity: '310117',
	permitCity: '330100',
	originCounterId: origin,
	permitCounterId: permit,
} as const;
const actor = (role: Role, cities: Actor['cities'], counterId: string | null): Actor => ({
	staffId: 's',
	role,
	cities,
	counterId,
	mustChangePassword: false,
});

const clerk = actor('clerk', ['310117'], origin);
const approver = actor('approver', ['330100'], permit);
const stranger = actor('clerk', ['320500'], other);
const colleagueElsewhere = actor('clerk', ['310117'], other);
const supervisor = actor('supervisor', ['330100', '340100'], null);
const farSupervisor = actor('supervisor', ['340100'], null);
const administrator = actor('administrator', ['310117'], null);

describe('X2 who may do what', () => {
	test.each([
		['the clerk of the receiving counter', clerk, { read: true, unmask: true, call: true }],
		['the approver of the permit counter', approver, { read: true, unmask: true, call: true }],
		['somebody of a third city', stranger, { read: false, unmask: false, call: false }],
		['another counter of the same city', colleagueElsewhere, { read: false, unmask: false, call: false }],
		['a supervisor of one of the cities', supervisor, { read: true, unmask: false, call: false }],
		['a supervisor of other cities', farSupervisor, { read: false, unmask: false, call: false }],
		['an administrator', administrator, { read: false, unmask: false, call: false }],
	])('%s', (_who, who, expected) => {
		expect({
			read: may.readCase(who, CASE),
			unmask: may.unmask(who, CASE),
			call: may.requestSession(who, CASE),
		}).toEqual(expected);
	});

	test('clerks open cases; approvers and everybody else do not', () => {
		expect([clerk, approver, supervisor, administrator].map(may.openCase)).toEqual([
			true,
			false,
			false,
			false,
		]);
		expect(may.openCase(actor('clerk', ['310117'], null))).toBe(false);
	});

	test('only the permit counter concludes, only the rung counter answers', () => {
		expect(may.concludeSession(approver, permit)).toBe(true);
		expect(may.concludeSession(clerk, permit)).toBe(false);
		expect(may.answerSession(clerk, permit)).toBe(false);
		expect(may.answerSession(supervisor, permit)).toBe(false);
	});

	test('administrators manage their own cities, all of them at once or not at all', () => {
		expect(may.manage(administrator, '310117')).toBe(true);
		expect(may.manage(administrator, '330100')).toBe(false);
		expect(may.manageAll(administrator, ['310117', '330100'])).toBe(false);
		expect(may.manage(supervisor, '330100')).toBe(false);
		expect(may.listCases(administrator)).toBe(false);
	});
});
