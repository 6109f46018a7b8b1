import { describe, expect, it } from 'vitest';
import { citizenIdHint, phoneHint, usccHint } from '../../web/src/features/cases/codeHints.ts';

const NOW = Date.parse('2026-11-23T01:42:00Z');

describe('codes while they are typed (S6.3.2a)', () => {
	it('names the check digit that a credit code should have, also where the typed one can never occur', () => {
		expect(usccHint('91350100M000100Y4Z').error).toContain('FORM-1102');
		expect(usccHint('91350100M000100Y4Z').error).toContain('应为 3');
		expect(usccHint('91310117MA0000007H').error).toContain('应为 E');
	});

	it('says nothing wrong while a code is merely short, and counts what is left', () => {
		const hint = usccHint('91350100M000100');
		expect(hint.error).toBeUndefined();
		expect(hint.hint).toContain('还差 3 位');
		expect(hint.valid).toBe(false);
	});

	it.each(['91350100I', '9135@0100'])('points at the character that never stands in a code: %s', (text) => {
		expect(usccHint(text).error).toContain('第 ');
	});

	it('accepts lower case and warns of a wrong organisation digit without refusing', () => {
		expect(usccHint('91350100m000100y43').valid).toBe(true);
		const warned = usccHint('91310117MA0000008H');
		expect(warned.valid).toBe(true);
		expect(warned.hint).toContain('请核对证照');
	});

	it('tells a wrong date of birth from a wrong last character of an ID number', () => {
		expect(citizenIdHint('310117190001010012', NOW).valid).toBe(true);
		expect(citizenIdHint('31011719000101008x', NOW).valid).toBe(true);
		expect(citizenIdHint('310117190001010013', NOW).error).toContain('末位');
		expect(citizenIdHint('330400190002290012', NOW).error).toContain('出生日期');
		expect(citizenIdHint('31011719A', NOW).error).toBeDefined();
	});

	it('calls a telephone number wrong only once its field was left', () => {
		expect(phoneHint('138', false).error).toBeUndefined();
		expect(phoneHint('138', true).error).toBeDefined();
		expect(phoneHint('138 0000 0000', false).valid).toBe(true);
		expect(phoneHint('+86', false).error).toBeUndefined();
		expect(phoneHint('021-37736000', false).valid).toBe(true);
	});
});
