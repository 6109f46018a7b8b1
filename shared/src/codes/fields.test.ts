import { describe, expect, test } from 'vitest';
import { AppError } from '../errors/AppError.ts';
import { parse } from '../errors/parse.ts';
import { citizenId, phone, uscc } from './fields.ts';
import { recordedFinding } from '../reading/decisions.ts';
import { freeText } from './freeText.ts';
import { maskCitizenId, maskName, maskPhone } from './masking.ts';

const finding = { kind: 'uscc', place: { x: 0, y: 0, width: 1, height: 1 }, result: 'none' };

function refusal(work: () => unknown): AppError {
	try {
		work();
	} catch (error) {
		if (error instanceof AppError) return error;
		throw error;
	}
	throw new Error('nothing was refused');
}

describe('fields of forms', () => {
	test('codes are trimmed and put into upper case', () => {
		expect(parse(uscc, ' 91330100ma0000023p ')).toBe('91330100MA0000023P');
		expect(parse(citizenId, '31011719000101008x')).toBe('31011719000101008X');
	});

	test('each wrong code keeps an error code of its own', () => {
		expect(refusal(() => parse(uscc, '91310117MA0000007H')).key).toBe('invalidUscc');
		expect(refusal(() => parse(citizenId, '310117190001010013')).key).toBe('invalidCitizenId');
		expect(refusal(() => parse(phone, '12345')).key).toBe('invalidPhone');
		expect(refusal(() => parse(uscc, { $ne: '' })).key).toBe('invalidInput');
	});

	test.each(['13800138000', '138 0013 8000', '021-37736000', '0571-87654321-801', '02137736000'])(
		'%s is a telephone number',
		(text) => {
			expect(parse(phone, text)).toBe(text.replaceAll(' ', ''));
		},
	);

	test.each(['12800138000', '1380013800', '37736000', '138001380001', '+8613800138000x', ''])(
		'%s is not a telephone number',
		(text) => {
			expect(refusal(() => parse(phone, text)).key).toBe('invalidPhone');
		},
	);

	test.each([
		['法定代表人 31011719000101008X 已到场', true],
		['身份证 310117 19000101 0012', true],
		['电话13800138000，下午联系', true],
		['电话 138-0013-8000', true],
		['统一社会信用代码 91330100MA0000023P', false],
		['校验位不对 310117190001010013', false],
		['受理号 SJ-261124-0001，2026-11-27 补正', false],
		['座机 021-37736000', false],
		['流水号 20261127138001380001234', false],
	])('T-11 a free text with a personal number is refused: %s', (text, refused) => {
		if (refused) expect(refusal(() => parse(freeText(1, 500), text)).key).toBe('personalNumber');
		else expect(parse(freeText(1, 500), text)).toBe(text);
	});

	test.each(['1' + 'O'.repeat(200_000), '1 '.repeat(100_000), '1'.repeat(200_000)])(
		'a text beyond its limit is refused for that and not looked through',
		(text) => {
			const { fields } = refusal(() => parse(freeText(1, 500), text));
			expect(fields?.map(({ code }) => code)).toEqual(['too_big']);
			expect(refusal(() => parse(recordedFinding, { ...finding, text })).fields).toHaveLength(1);
		},
	);

	test('staff see ID first 6 + last 4, telephone 3 + 4, surname', () => {
		expect(maskCitizenId('310117190001010012')).toBe('310117********0012');
		expect(maskPhone('13800138000')).toBe('138****8000');
		expect(maskName('何晓明')).toBe('何*');
	});
});
