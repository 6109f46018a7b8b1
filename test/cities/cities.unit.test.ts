import { afterEach, expect, test, vi } from 'vitest';
import {
	CITIES,
	cityCode,
	cityOf,
	findCity,
	knownCity,
	onCities,
	setCities,
} from '@counter-hub/shared/cities/cities.ts';
import { FIRST_CITIES } from '@counter-hub/shared/cities/firstCities.ts';
import { cityPolicy } from '@counter-hub/shared/cities/policy.ts';
import { registerCityBody } from '@counter-hub/shared/cities/register.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import { cityBody, NINGBO } from './ningbo.ts';

const ningbo = { code: NINGBO, zh: '宁波', en: 'Ningbo', letters: 'NB', place: 3, version: 1 };
afterEach(() => setCities(FIRST_CITIES));

const refusal = (attempt: () => unknown): string => {
	try {
		attempt();
	} catch (error) {
		if (error instanceof AppError) return error.code;
	}
	return 'not refused';
};

test.each(['310117', '330200', '820000'])('S4.1 %j is a code of a city', (code) => {
	expect(cityCode.parse(code)).toBe(code);
});
test.each(['', '31011', '3101170', '910000', '010117', '31011a', '３１０１１７', ' 310117'])(
	'S4.1 %j is none',
	(code) => {
		expect(cityCode.safeParse(code).success).toBe(false);
		expect(refusal(() => parse(knownCity, code))).toBe('REQ-1001');
	},
);

test('S4.1 U-2 a city that is not registered is refused by name, and taken once it is', () => {
	expect(findCity(NINGBO)).toBeUndefined();
	expect(() => cityOf(NINGBO)).toThrow(RangeError);
	expect(refusal(() => parse(knownCity, NINGBO))).toBe('CITY-5801');
	setCities([...FIRST_CITIES, ningbo]);
	expect(parse(knownCity, NINGBO)).toBe(NINGBO);
	expect(cityOf(NINGBO)).toEqual(ningbo);
});

test('S4.1 U-1 the register begins with nine, is shown by place and then by code, and tells of its changes', () => {
	expect(CITIES.map(({ letters }) => letters).join(' ')).toBe('SJ JX HZ JH SZ HU XC WH HF');
	const told = vi.fn();
	const stop = onCities(told);
	setCities([...FIRST_CITIES, ningbo]);
	expect(CITIES.slice(0, 5).map(({ letters }) => letters)).toEqual(['SJ', 'JX', 'HZ', 'NB', 'JH']);
	stop();
	setCities(FIRST_CITIES);
	expect(told).toHaveBeenCalledTimes(1);
});

test.each<[string, object]>([
	['a code that is none', { code: '33020' }],
	['one letter', { letters: 'N' }],
	['three letters', { letters: 'NBO' }],
	['letters that are none', { letters: '宁波' }],
	['no Chinese name', { zh: ' ' }],
	['a name that is too long', { en: 'x'.repeat(31) }],
	['a name that holds a mobile number', { zh: '宁波 13800138000' }],
	['place 0', { place: 0 }],
	['place 1,000', { place: 1_000 }],
	['half a place', { place: 1.5 }],
	['a version', { version: 1 }],
])('S4.1 an entry with %s is refused', (_what, more) => {
	expect(registerCityBody.safeParse(cityBody(more)).success).toBe(false);
});
test('S4.1 letters are taken in any case, names without the blanks around them', () => {
	expect(registerCityBody.parse(cityBody({ letters: 'nb', zh: ' 宁波 ' }))).toMatchObject({
		letters: 'NB',
		zh: '宁波',
	});
});

test('U-3 X2 whoever administers all cities keeps the register: of all that there are now', () => {
	const actor = (role: Actor['role']): Actor => ({
		staffId: 'a',
		role,
		cities: FIRST_CITIES.map(({ code }) => code),
		counterId: null,
		mustChangePassword: false,
	});
	expect(cityPolicy.keepCities(actor('administrator'))).toBe(true);
	expect(cityPolicy.keepCities(actor('supervisor'))).toBe(false);
	setCities([...FIRST_CITIES, ningbo]);
	expect(cityPolicy.keepCities(actor('administrator'))).toBe(false);
});
