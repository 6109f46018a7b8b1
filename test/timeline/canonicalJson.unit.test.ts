import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { canonicalJson } from '@counter-hub/shared/timeline/canonicalJson.ts';

describe('RFC 8785', () => {
	test('§3.2.3 keys are sorted by UTF-16 code units', () => {
		const input = {
			'\u20ac': 'Euro Sign',
			'\r': 'Carriage Return',
			'\ufb33': 'Hebrew Letter Dalet With Dagesh',
			'1': 'One',
			'\ud83d\ude00': 'Emoji: Grinning Face',
			'\u0080': 'Control',
			'\u00f6': 'Latin Small Letter O With Diaeresis',
		};
		expect(Object.values(JSON.parse(canonicalJson(input)) as object)).toHaveLength(7);
		const order = [...canonicalJson(input).matchAll(/:"([^"]*)"/g)].map(([, value]) => value);
		expect(order).toEqual([
			'Carriage Return',
			'One',
			'Control',
			'Latin Small Letter O With Diaeresis',
			'Euro Sign',
			'Emoji: Grinning Face',
			'Hebrew Letter Dalet With Dagesh',
		]);
	});

	test('§3.2.2 the sample of strings, numbers and literals', () => {
		const input = {
			numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
			string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
			literals: [null, true, false],
		};
		expect(canonicalJson(input)).toBe(
			'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
				'"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
		);
	});

	test.each([
		['0000000000000000', '0'],
		['8000000000000000', '0'],
		['0000000000000001', '5e-324'],
		['7fefffffffffffff', '1.7976931348623157e+308'],
		['4340000000000000', '9007199254740992'],
		['4430000000000000', '295147905179352830000'],
		['44b52d02c7e14af5', '9.999999999999997e+22'],
		['44b52d02c7e14af6', '1e+23'],
		['444b1ae4d6e2ef4e', '999999999999999700000'],
		['444b1ae4d6e2ef50', '1e+21'],
		['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
		['3eb0c6f7a0b5ed8d', '0.000001'],
		['41b3de4355555553', '333333333.3333332'],
		['becbf647612f3696', '-0.0000033333333333333333'],
		['43143ff3c1cb0959', '1424953923781206.2'],
	])('appendix B: the double %s is written %s', (bits, text) => {
		expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
	});

	test.each([Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { a: '\udc00' }, new Date(0), () => 1, 1n])(
		'§3.2 refuses %s',
		(value) => {
			expect(() => canonicalJson(value)).toThrow(TypeError);
		},
	);

	test('any JSON value keeps its meaning, and its order of keys does not matter', () => {
		fc.assert(
			fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
				const text = canonicalJson(value);
				expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
				expect(canonicalJson(JSON.parse(text))).toBe(text);
			}),
		);
	});
});
