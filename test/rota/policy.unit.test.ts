import { expect, test } from 'vitest';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { Role } from '@counter-hub/shared/people/people.ts';

test('S4.2 administrators and supervisors of the city plan, everybody of the city reads', () => {
	const of = (role: Role, city: '310117' | '330100') => ({
		staffId: 's',
		role,
		cities: [city],
		counterId: null,
		mustChangePassword: false,
	});
	const roles = ['administrator', 'supervisor', 'clerk', 'approver'] as const;
	expect(roles.map((role) => may.planRota(of(role, '310117'), '310117'))).toEqual([true, true, false, false]);
	for (const role of roles) {
		expect(may.readRota(of(role, '310117'), '310117'), role).toBe(true);
		expect(may.readRota(of(role, '330100'), '310117'), role).toBe(false);
		expect(may.planRota(of(role, '330100'), '310117'), role).toBe(false);
	}
});
