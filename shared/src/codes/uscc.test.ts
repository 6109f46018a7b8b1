import { describe, expect, test } from 'vitest';
import { checkUscc, completeUscc } from './uscc.ts';

describe('USCC (GB 32100-2015)', () => {
	const VALID = [
		'91350100M000100Y43',
		'91310117MA0000007E',
		'91330100MA0000023P',
		'91320500MA00000313',
		'91310117MA000004XN',
		'91310117MA00001540',
		// the government bodies of the nine cities
		'11310117MB00000003',
		'11330400MB00000193',
		'11330100MB0000027E',
		'11330700MB00000358',
		'11320500MB0000043L',
		'11330500MB0000051K',
		'11341800MB000006XB',
		'11340200MB00000780',
		'11340100MB0000086M',
	];
	test.each(VALID)('%s is valid', (code) => {
		expect(checkUscc(code)).toEqual({ valid: true });
	});

	test.each([
		['91350100M000100Y4Z', 'character'],
		['91350100M000100Y44', 'checkDigit'],
		['91310117MA0000007H', 'checkDigit'],
		['91310117MA000000I7', 'character'],
		['91310117MA000000O7', 'character'],
		['91310117MA000000S7', 'character'],
		['91310117MA000000V7', 'character'],
		['91310117MA000000Z7', 'character'],
		['91310117ma0000007e', 'character'],
		['91310117MA0000007', 'length'],
		['', 'length'],
	])('%s is refused: %s', (code, reason) => {
		expect(checkUscc(code)).toMatchObject({ valid: false, reason });
	});

	test('a wrong check digit names the right one', () => {
		expect(checkUscc('91310117MA0000007H')).toMatchObject({ valid: false, expected: 'E' });
	});

	test('a wrong digit of the embedded organisation code (GB 11714) is a warning only', () => {
		expect(checkUscc('91310117MA0000008H')).toEqual({ valid: true, warning: 'organisationCheckDigit' });
	});

	test.each(VALID)('the first 17 characters of %s complete to it', (code) => {
		expect(completeUscc(code.slice(0, 17))).toBe(code);
	});
});
