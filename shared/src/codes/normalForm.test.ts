import { describe, expect, test } from 'vitest';
import { parse } from '../errors/parse.ts';
import { citizenId, phone, uscc } from './fields.ts';
import { searchForm } from './plainText.ts';

describe('F14 numbers are taken however they were pasted', () => {
	test.each([
		'13800138000',
		'+86 138-0013-8000',
		'86 13800138000',
		'0086-138 0013 8000',
		'(+86)13800138000',
		'１３８００１３８０００',
		'\u202a13800138000\u202c',
		'138\u200b0013\u30008000',
		'\ufeff138–0013—8000',
		'138.0013.8000',
	])('telephone %j', (text) => {
		expect(parse(phone, text)).toBe('13800138000');
	});

	test.each([
		['021－3773 6000', '021-37736000'],
		['（021）37736000', '021-37736000'],
		['+86 21 37736000', '02137736000'],
		['+86-21-37736000', '021-37736000'],
		['０５７１-87654321－801', '0571-87654321-801'],
	])('landline %j', (text, form) => {
		expect(parse(phone, text)).toBe(form);
	});

	test.each([
		'310117 19000101 008x',
		'３１０１１７１９０００１０１００８Ｘ',
		'310117-19000101-008\u200bX',
		'31011719000101008Х',
	])('ID number %j', (text) => {
		expect(parse(citizenId, text)).toBe('31011719000101008X');
	});

	test.each([
		'91330100ma0000023p',
		'9133 0100 MA00 0002 3P',
		'91330100-MA0000023-P',
		'\u200e９１３３０１００ＭＡ０００００２３ｐ',
	])('USCC %j', (text) => {
		expect(parse(uscc, text)).toBe('91330100MA0000023P');
	});
});

describe('F13 searches compare plain text', () => {
	test.each([
		['例示（上海）贸易', '例示(上海)贸易'],
		['ＡＢＣ１２３', 'abc123'],
		['ＡＢＣ　公司', 'Abc 公司'],
		['Straße', 'STRASSE'],
		['甲\u200b乙', '甲乙'],
	])('%j and %j are one', (stored, typed) => {
		expect(searchForm(stored)).toBe(searchForm(typed));
	});

	test('F16 rare characters stay whole', () => {
		expect(searchForm('𠮷某䶮')).toBe('𠮷某䶮');
		expect(searchForm('买买提·艾力')).toBe('买买提·艾力');
	});
});
